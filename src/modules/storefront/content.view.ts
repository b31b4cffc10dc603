import { GraphQLJSONObject } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import type { ContentDocument } from "#modules/index";
import { DocumentView, NamedView } from "./shared.view.ts";

@ObjectType("Author", { simpleResolvers: true })
class AuthorView extends NamedView {
  @Field(() => String, { nullable: true })
  bio!: string | null;

  @Field(() => String, { nullable: true })
  avatarUrl!: string | null;
}

@ObjectType("Alternate", { simpleResolvers: true })
class AlternateView {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  slug!: string;
}

@ObjectType("Node", { simpleResolvers: true })
export class NodeView extends DocumentView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  kind!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => [AlternateView], {
    description: "Where it is found in each locale it is translated to.",
  })
  alternates!: AlternateView[];

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  excerpt!: string | null;

  @Field(() => String, { description: "Sanitised." })
  html!: string;

  @Field(() => GraphQLId, { nullable: true, description: "May be a node that is not published." })
  parentId!: string | null;

  @Field(() => Int, { description: "Among its siblings." })
  position!: number;

  @Field(() => GraphQLJSONObject, { description: "What its kind has beyond these." })
  fields!: Record<string, unknown>;

  @Field(() => AuthorView, { nullable: true })
  author!: AuthorView | null;
}

export const NodeConnection = connectionOf(() => NodeView, "Node");

export function viewNode(document: ContentDocument, indexedAt: Date): NodeView {
  return Object.assign(document as unknown as NodeView, {
    indexedAt,
    sourceRevision: document.revision,
  });
}
