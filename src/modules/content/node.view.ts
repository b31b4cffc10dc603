import { GraphQLJSONObject } from "graphql-scalars";
import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { Node, NodeStatus } from "#entities/content/node";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import { NodeStatusEnum } from "./node.input.ts";
import { NodeTranslationView, viewTranslation } from "./node-translation.view.ts";

@ObjectType("AdminNode", { simpleResolvers: true })
export class NodeView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => String)
  kind!: string;

  @Field(() => NodeStatusEnum)
  status!: NodeStatus;

  @Field(() => GraphQLId, { nullable: true })
  parentId!: string | null;

  @Field(() => GraphQLId, { nullable: true })
  authorId!: string | null;

  @Field(() => GraphQLJSONObject)
  fields!: Record<string, unknown>;

  @Field(() => Int)
  position!: number;

  @Field(() => [NodeTranslationView])
  translations!: NodeTranslationView[];

  @Field(() => [GraphQLId])
  categoryIds!: string[];

  @Field(() => [GraphQLId])
  tagIds!: string[];

  @Field(() => GraphQLISODateTime, { nullable: true })
  publishedAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it is to become public by itself.",
  })
  publishAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When it is to be public no longer.",
  })
  unpublishAt!: Date | null;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}

export const NodeConnection = connectionOf(() => NodeView, "AdminNode");

/** The node must be loaded whole. */
export function viewNode(node: Node): NodeView {
  const bodies = new Map(node.bodies.getItems().map((body) => [body.locale, body]));
  const { id, revision, kind, status, fields, position, createdAt, updatedAt } = node;
  return {
    id,
    revision,
    kind,
    status,
    fields,
    position,
    createdAt,
    updatedAt,
    parentId: node.parentId ?? null,
    authorId: node.authorId ?? null,
    publishedAt: node.publishedAt ?? null,
    publishAt: node.publishAt ?? null,
    unpublishAt: node.unpublishAt ?? null,
    translations: node.translations
      .getItems()
      .map((translation) => viewTranslation(translation, bodies.get(translation.locale))),
    categoryIds: node.categories.getItems().map(({ categoryId }) => categoryId),
    tagIds: node.tags.getItems().map(({ tagId }) => tagId),
  };
}
