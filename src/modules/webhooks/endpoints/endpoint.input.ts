import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { text } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { ValidatedBy } from "#kernel/graphql/validation";
import { apiVersions, latestVersion } from "../messages/versions.ts";
import { Headers } from "./headers.ts";
import { Patterns } from "./patterns.ts";
import { EndpointUrl } from "./url.ts";

export const createWebhookEndpoint = z.object({
  url: EndpointUrl,
  description: text(500).default(""),
  patterns: Patterns,
  apiVersion: z.enum(apiVersions).default(latestVersion),
  headers: Headers.default([]),
  paused: z.boolean().default(false),
});
export type CreateWebhookEndpoint = z.output<typeof createWebhookEndpoint>;

/** What may be changed of it; what is left out stays. */
export const webhookEndpointChanges = z
  .object({
    url: EndpointUrl,
    description: text(500),
    patterns: Patterns,
    apiVersion: z.enum(apiVersions),
    headers: Headers,
    paused: z.boolean(),
  })
  .partial();

export const updateWebhookEndpoint = webhookEndpointChanges.extend(key.shape);
export type UpdateWebhookEndpoint = z.output<typeof updateWebhookEndpoint>;

const described = {
  patterns:
    "Types of events, as `/api/events` lists them: `product.published`, those of a kind with `product.*`, all with `*`.",
  apiVersion: `What messages look like: ${apiVersions.join(", ")}.`,
  headers: "Sent with each message, such as `Authorization`; their values are never shown again.",
  paused: "What happens meanwhile is sent once it goes on.",
};

@InputType()
export class WebhookHeaderInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@ValidatedBy(createWebhookEndpoint)
@InputType()
export class CreateWebhookEndpointInput implements z.input<typeof createWebhookEndpoint> {
  @Field(() => String, { description: "https, to an address of the public internet." })
  url!: string;

  @Field(() => String, { nullable: true })
  description?: string;

  @Field(() => [String], { description: described.patterns })
  patterns!: string[];

  @Field(() => String, {
    nullable: true,
    description: `${described.apiVersion} The latest when left out.`,
  })
  apiVersion?: (typeof apiVersions)[number];

  @Field(() => [WebhookHeaderInput], { nullable: true, description: described.headers })
  headers?: WebhookHeaderInput[];

  @Field(() => Boolean, { nullable: true, description: described.paused })
  paused?: boolean;
}

@ValidatedBy(updateWebhookEndpoint)
@InputType({ description: "What is left out stays." })
export class UpdateWebhookEndpointInput
  extends KeyInput
  implements z.input<typeof updateWebhookEndpoint>
{
  @Field(() => String, { nullable: true })
  url?: string;

  @Field(() => String, { nullable: true })
  description?: string;

  @Field(() => [String], { nullable: true, description: described.patterns })
  patterns?: string[];

  @Field(() => String, { nullable: true, description: described.apiVersion })
  apiVersion?: (typeof apiVersions)[number];

  @Field(() => [WebhookHeaderInput], {
    nullable: true,
    description: `All of them. ${described.headers}`,
  })
  headers?: WebhookHeaderInput[];

  @Field(() => Boolean, { nullable: true, description: described.paused })
  paused?: boolean;
}
