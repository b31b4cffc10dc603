import { Field, Int, ObjectType } from "type-graphql";
import { GraphQLId } from "#kernel/graphql/scalars";
import type { CategoryDocument } from "#modules/index";
import { NamedView } from "./shared.view.ts";

@ObjectType("Category", { simpleResolvers: true })
export class CategoryView extends NamedView {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => GraphQLId, { nullable: true })
  parentId!: string | null;

  @Field(() => Int, { description: "Among its siblings." })
  position!: number;

  @Field(() => [NamedView], { description: "From the root of the tree down to this category." })
  breadcrumb!: NamedView[];

  @Field(() => [CategoryView])
  children!: CategoryView[];

  @Field(() => String, { description: "The locale of the texts." })
  locale!: string;

  @Field(() => Int)
  revision!: number;
}

/**
 * The roots with everything below them; siblings keep the order they come in. One whose parent has
 * not been indexed yet stands at the root for that moment.
 */
export function viewTree(documents: CategoryDocument[]): CategoryView[] {
  const views = new Map(
    documents.map((document) => [document.id, { ...document, children: [] as CategoryView[] }]),
  );
  const roots: CategoryView[] = [];
  for (const view of views.values()) {
    const siblings = (view.parentId && views.get(view.parentId)?.children) || roots;
    siblings.push(view);
  }
  return roots;
}
