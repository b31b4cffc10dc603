import { GraphQLJSONObject } from "graphql-scalars";
import { Field, GraphQLISODateTime, ObjectType } from "type-graphql";
import { z } from "zod";
import type { HookSecret } from "#entities/webhooks/hook-secret";
import type { AnyHook } from "#kernel/rest/hooks";

@ObjectType("HookSource", { simpleResolvers: true })
export class HookSourceView {
  @Field(() => String)
  source!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String, { description: "Where it sends its messages to." })
  path!: string;

  @Field(() => GraphQLJSONObject, { description: "JSON Schema of its messages." })
  schema!: Record<string, unknown>;

  @Field(() => Boolean, { description: "Without a secret it is not believed." })
  hasSecret!: boolean;

  @Field(() => GraphQLISODateTime, { nullable: true })
  rotatedAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "Until when the secret before is good, too.",
  })
  previousSecretUntil!: Date | null;
}

@ObjectType("HookSourceWithSecret", { simpleResolvers: true })
export class SourceWithSecretView {
  @Field(() => HookSourceView)
  source!: HookSourceView;

  @Field(() => String, { description: "Shown this once; its messages are signed with it." })
  secret!: string;
}

export function viewSource(
  { source, description, payload }: AnyHook,
  held: HookSecret | undefined,
): HookSourceView {
  const until = held?.previousSecretUntil;
  const options = { io: "input", unrepresentable: "any" } as const;
  return {
    source,
    description,
    path: `/api/v1/hooks/${source}`,
    schema: z.toJSONSchema(payload as z.ZodType, options) as Record<string, unknown>,
    hasSecret: held !== undefined,
    rotatedAt: held?.rotatedAt ?? null,
    previousSecretUntil: until && until > new Date() ? until : null,
  };
}
