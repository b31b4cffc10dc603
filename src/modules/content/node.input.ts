import { GraphQLJSONObject } from "graphql-scalars";
import { Field, GraphQLISODateTime, InputType, Int, registerEnumType } from "type-graphql";
import { z } from "zod";
import { Requires } from "#kernel/access/access";
import { planned, refuseContradictions } from "#kernel/aggregates/timed-publication";
import { nodeStatuses, type NodeStatus } from "#entities/content/node";
import { distinctIds, Moment, perTenant } from "#kernel/fields";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { Id } from "#kernel/ids";
import { JsonObject } from "./json-object.ts";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { NodeTranslationInput, nodeTranslationsOf } from "./node-translation.input.ts";

export const NodeStatusEnum = Object.fromEntries(
  nodeStatuses.map((status) => [status, status]),
) as Record<NodeStatus, NodeStatus>;
registerEnumType(NodeStatusEnum, { name: "NodeStatus" });

const Kind = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,62}$/,
    "must be a lower-case letter followed by at most 62 lower-case letters, digits and hyphens",
  );

const position = z.int().min(0);
const labels = { categoryIds: distinctIds(100), tagIds: distinctIds(250) };

export const createNode = perTenant((tenant) =>
  z
    .object({
      ...planned,
      kind: Kind,
      status: z.enum(nodeStatuses).default("draft"),
      parentId: Id.nullish(),
      authorId: Id.nullish(),
      fields: JsonObject.default({}),
      position: position.default(0),
      publishedAt: Moment.nullish(),
      translations: nodeTranslationsOf(tenant),
      categoryIds: labels.categoryIds.default([]),
      tagIds: labels.tagIds.default([]),
    })
    .superRefine(refuseContradictions),
);
export type CreateNode = z.output<ReturnType<typeof createNode>>;

export const updateNode = perTenant((tenant) =>
  key
    .extend({
      ...planned,
      parentId: Id.nullish(),
      authorId: Id.nullish(),
      fields: JsonObject.optional(),
      position: position.optional(),
      publishedAt: Moment.optional(),
      translations: nodeTranslationsOf(tenant).optional(),
      categoryIds: labels.categoryIds.optional(),
      tagIds: labels.tagIds.optional(),
    })
    .superRefine(refuseContradictions),
);
export type UpdateNode = z.output<ReturnType<typeof updateNode>>;

@ValidatedBy(createNode)
@InputType()
export class CreateNodeInput implements z.input<ReturnType<typeof createNode>> {
  @Field(() => String, {
    description: "Such as page or post; slugs are unique within a kind and locale.",
  })
  kind!: string;

  @Field(() => NodeStatusEnum, {
    nullable: true,
    description: "A draft if left out; to publish needs its own permission.",
  })
  status?: NodeStatus;

  @Field(() => GraphQLId, { nullable: true })
  parentId?: string | null;

  @Field(() => GraphQLId, { nullable: true })
  authorId?: string | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: "What its kind needs beyond what every node has; at most 64 KB.",
  })
  fields?: Record<string, unknown>;

  @Field(() => Int, { nullable: true, description: "Among its siblings; 0 if left out." })
  position?: number;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "The date it bears; if left out, that of its first publication.",
  })
  publishedAt?: Date | null;

  @Requires("content:publish")
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      "When it is to become public by itself, at once if that is past; null: not by itself.",
  })
  publishAt?: Date | null;

  @Requires("content:publish")
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it is to be public no longer; null: not by itself.",
  })
  unpublishAt?: Date | null;

  @Field(() => [NodeTranslationInput])
  translations!: NodeTranslationInput[];

  @Field(() => [GraphQLId], { nullable: true })
  categoryIds?: string[];

  @Field(() => [GraphQLId], { nullable: true })
  tagIds?: string[];
}

@ValidatedBy(updateNode)
@InputType({
  description:
    "What is left out stays, within a translation too; a list that is given says all there is to be.",
})
export class UpdateNodeInput extends KeyInput implements z.input<ReturnType<typeof updateNode>> {
  @Field(() => GraphQLId, { nullable: true })
  parentId?: string | null;

  @Field(() => GraphQLId, { nullable: true })
  authorId?: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: "Replaces all fields." })
  fields?: Record<string, unknown>;

  @Field(() => Int, { nullable: true })
  position?: number;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "The date it bears; it publishes nothing.",
  })
  publishedAt?: Date;

  @Requires("content:publish")
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      "When it is to become public by itself, at once if that is past; null: not by itself.",
  })
  publishAt?: Date | null;

  @Requires("content:publish")
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it is to be public no longer; null: not by itself.",
  })
  unpublishAt?: Date | null;

  @Field(() => [NodeTranslationInput], { nullable: true })
  translations?: NodeTranslationInput[];

  @Field(() => [GraphQLId], { nullable: true })
  categoryIds?: string[];

  @Field(() => [GraphQLId], { nullable: true })
  tagIds?: string[];
}
