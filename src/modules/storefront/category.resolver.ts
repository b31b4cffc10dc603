import { QueryOrder } from "@mikro-orm/postgresql";
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { IndexedCategory } from "#entities/index/category";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { chooseLocale } from "#kernel/locale";
import type { CategoryDocument } from "#modules/index";
import { ScopeEnum } from "#modules/taxonomy";
import { CategoryView, viewTree } from "./category.view.ts";

@Resolver(() => CategoryView)
export class CategoryResolver {
  @Public()
  @Query(() => [CategoryView], {
    description: "The roots of the tree, with all that is below them.",
  })
  categories(
    @Ctx() ctx: RequestContext,
    @Arg("scope", () => ScopeEnum) scope: string,
    @Arg("locale", () => String, {
      nullable: true,
      description: "BCP 47; the tenant's default if left out.",
    })
    locale?: string,
  ): Promise<CategoryView[]> {
    return inTransaction(ctx, async ({ em }) => {
      const found = await em.find(
        IndexedCategory,
        { visible: true, scope, locale: chooseLocale(ctx.tenant, locale) },
        { orderBy: { position: QueryOrder.ASC, id: QueryOrder.ASC }, disableIdentityMap: true },
      );
      return viewTree(found.map(({ doc }) => doc as CategoryDocument));
    });
  }
}
