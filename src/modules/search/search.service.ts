import type { RequestContext } from "#kernel/context";
import type {
  ContentSearch,
  FoundContent,
  FoundMixed,
  FoundProducts,
  MixedSearch,
  ProductSearch,
} from "./engine.ts";
import { engineOf } from "./engines.ts";
import { type MadeSearch, recorderOf } from "./statistics/recorder.ts";
import { tuned } from "./tuning/tuned.ts";

/** What a visitor asks; the rest of a search is what editors have set. */
type Asked<Search> = Omit<Search, "tuning" | "pinned" | "hidden">;

/** Throws BAD_USER_INPUT for a cursor that is not of this search. */
export async function searchProducts(
  ctx: RequestContext,
  asked: Asked<ProductSearch>,
): Promise<FoundProducts> {
  const set = await tuned(ctx, "products", asked);
  const found = await engineOf(ctx).searchProducts(ctx.tenant, { ...asked, ...set });
  if (!asked.after) note(ctx, "products", asked, found.hits.length === 0 && !isFiltered(asked));
  return found;
}

/** Throws BAD_USER_INPUT for a cursor that is not of this search. */
export async function searchContent(
  ctx: RequestContext,
  asked: Asked<ContentSearch>,
): Promise<FoundContent> {
  const set = await tuned(ctx, "content", asked);
  const found = await engineOf(ctx).searchContent(ctx.tenant, { ...asked, ...set });
  if (!asked.after) note(ctx, "content", asked, found.hits.length === 0 && !isFiltered(asked));
  return found;
}

/** What is pinned of the products comes before what is pinned of the content. */
export async function searchAll(
  ctx: RequestContext,
  asked: Asked<MixedSearch>,
): Promise<FoundMixed> {
  const [products, content] = await Promise.all([
    tuned(ctx, "products", asked),
    tuned(ctx, "content", asked),
  ]);
  const found = await engineOf(ctx).searchAll(ctx.tenant, {
    ...asked,
    pinned: [...products.pinned, ...content.pinned],
    hidden: [...products.hidden, ...content.hidden],
    tuning: { products: products.tuning, content: content.tuning },
  });
  note(ctx, "all", asked, found.hits.length === 0);
  return found;
}

function note(
  ctx: RequestContext,
  kind: MadeSearch["kind"],
  { locale, query }: { locale: string; query: string },
  withoutResults: boolean,
): void {
  recorderOf(ctx).note(ctx.tenant, { kind, locale, query, withoutResults });
}

const isFiltered = ({ filter }: { filter: object }): boolean =>
  Object.values(filter).some((condition) => condition !== null && condition !== undefined);
