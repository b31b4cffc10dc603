import { Args, ArgsType, Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import { z } from "zod";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { distinctIds } from "#kernel/fields";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { previewReprojection } from "./preview-reprojection.ts";

@ObjectType("ReprojectionPreview", { simpleResolvers: true })
class ReprojectionPreviewView {
  @Field(() => Int, { description: "Products that show any of them." })
  products!: number;

  @Field(() => Int, { description: "Nodes of every kind." })
  nodes!: number;

  @Field(() => Int, { description: "Categories below them: their breadcrumbs name them." })
  categories!: number;

  @Field(() => [GraphQLId], { description: "Those that something shows." })
  shown!: string[];
}

@ValidatedBy(z.object({ ids: distinctIds(100).min(1) }))
@ArgsType()
class PreviewReprojectionArgs {
  @Field(() => [GraphQLId], { description: "Categories, tags and authors; 1 to 100." })
  ids!: string[];
}

@Resolver(() => ReprojectionPreviewView)
export class PreviewReprojectionResolver {
  @Requires("index:read")
  @Query(() => ReprojectionPreviewView, {
    description:
      "How many documents would be projected anew if these were renamed, moved or deleted.",
  })
  async previewReprojection(
    @Args(() => PreviewReprojectionArgs) { ids }: PreviewReprojectionArgs,
    @Ctx() ctx: RequestContext,
  ): Promise<ReprojectionPreviewView> {
    const { counts, shown } = await previewReprojection(ctx, ids);
    return { products: counts.product, nodes: counts.node, categories: counts.category, shown };
  }
}
