import { Arg, Args, ArgsType, Ctx, Field, Query, Resolver } from "type-graphql";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { PageArgs, type Connection } from "#kernel/graphql/connection";
import { find, get, ProductFilter, ProductSort, type Wanted } from "./product.queries.ts";
import { ProductConnection, ProductView } from "./product.view.ts";

@ArgsType()
class WantedArgs implements Wanted {
  @Field(() => String, { nullable: true, description: "BCP 47; the tenant's default if left out." })
  locale?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "ISO 4217; the tenant's default if left out.",
  })
  currency?: string | null;
}

@Resolver(() => ProductView)
export class ProductResolver {
  @Public()
  @Query(() => ProductView, { nullable: true, description: "Null when there is no such product." })
  product(
    @Ctx() ctx: RequestContext,
    @Arg("handle", () => String) handle: string,
    @Args(() => WantedArgs) wanted: WantedArgs,
  ): Promise<ProductView | null> {
    return get(ctx, handle, wanted);
  }

  @Public()
  @Query(() => ProductConnection)
  products(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => WantedArgs) wanted: WantedArgs,
    @Arg("filter", () => ProductFilter, { nullable: true }) filter?: ProductFilter,
    @Arg("sort", () => ProductSort, { nullable: true }) sort?: ProductSort,
  ): Promise<Connection<ProductView>> {
    return find(ctx, page, wanted, filter, sort);
  }
}
