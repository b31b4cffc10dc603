import { Field, InputType, registerEnumType } from "type-graphql";
import { z } from "zod";
import { bodyFormats, type BodyFormat } from "#entities/content/node";
import type { Tenant } from "#kernel/context";
import { distinctBy, Handle, localeOf, text, verbatim } from "#kernel/fields";

export const BodyFormatEnum = Object.fromEntries(
  bodyFormats.map((format) => [format, format]),
) as Record<BodyFormat, BodyFormat>;
registerEnumType(BodyFormatEnum, { name: "BodyFormat" });

/** What takes about a second to render at worst. */
const body = z.discriminatedUnion("format", [
  z.object({ format: z.literal("markdown"), source: verbatim(200_000) }),
  z.object({ format: z.literal("html"), source: verbatim(500_000) }),
]);

export const nodeTranslationsOf = (tenant: Tenant) =>
  z
    .array(
      z.object({
        locale: localeOf(tenant),
        slug: Handle,
        // Posts without a title are common on other systems; they have to get in.
        title: text(500),
        excerpt: text(10_000).nullish(),
        seoTitle: text(500).nullish(),
        seoDescription: text(2_000).nullish(),
        body: body.optional(),
      }),
    )
    .min(1)
    .superRefine(distinctBy(({ locale }) => locale, "locale"));
export type GivenTranslation = z.output<ReturnType<typeof nodeTranslationsOf>>[number];

@InputType()
export class BodyInput {
  @Field(() => BodyFormatEnum)
  format!: BodyFormat;

  @Field(() => String, {
    description:
      "Markdown of at most 200,000 characters, or HTML of at most 500,000; what could do harm is taken out.",
  })
  source!: string;
}

@InputType()
export class NodeTranslationInput {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => String, { description: "May be empty." })
  title!: string;

  @Field(() => String, { nullable: true })
  excerpt?: string | null;

  @Field(() => String, { nullable: true })
  seoTitle?: string | null;

  @Field(() => String, { nullable: true })
  seoDescription?: string | null;

  @Field(() => BodyInput, { nullable: true })
  body?: BodyInput;
}
