import type { RequestContext } from "#kernel/context";
import { defaultTuning } from "#modules/search";
import { installation } from "#test/installation";
import { type RealMeilisearch, theMeilisearch } from "#test/meilisearch";
import { documentId, indexUid, scopeOf } from "../../../src/modules/search/meilisearch/indexes.ts";
import { aCategory, aTag, onSale, published } from "./a-catalogue.ts";
import { feed } from "./contract/fed-engine.ts";

/** Two tenants whose documents lie in the same indexes of a real Meilisearch. */
export interface TwoTenants {
  server: RealMeilisearch;
  ours: RequestContext;
  theirs: RequestContext;
  /** Of the strangers' lamp, and the names of what it is filed under. */
  lamp: { id: string; documentId: string };
  scopes: { ours: string; theirs: string };
  uids: { products: string; content: string; own: string };
}

/** In every document of the strangers, and in none of ours. */
export const foreign = "verboten";

/** What somebody may put where a value belongs, so that it ends before its end. */
export const trickyValues = [
  `x" OR scope EXISTS OR vendor = "x`,
  `x' OR scope EXISTS OR vendor = 'x`,
  `\\`,
  `\\" OR scope EXISTS OR vendor = "`,
  `x\\`,
  `"] OR scope EXISTS OR vendor IN ["`,
  `x") OR (scope EXISTS`,
  `" OR "" = "`,
  `x\u0000" OR scope EXISTS`,
  `x" --`,
];

export async function twoTenants(): Promise<TwoTenants> {
  const server = await theMeilisearch();
  const { anEditor } = await installation();
  const [ours, theirs] = [await anEditor(), await anEditor()];
  await onSale(ours, { title: "Lamp", vendor: "Loom", handle: "lamp" });
  await published(ours, "On lamps");

  const categoryIds = [await aCategory(theirs, `lamps-${foreign}`)];
  const tagIds = [await aTag(theirs, `light-${foreign}`)];
  const id = await onSale(theirs, {
    title: "Lamp",
    handle: foreign,
    vendor: `Kiln ${foreign}`,
    productType: "Lamp",
    categoryIds,
    tagIds,
    options: [{ name: "Size" }],
    variants: [
      { options: [{ name: "Size", value: "M" }], prices: [{ currency: "EUR", amount: 1_000 }] },
    ],
  });
  for (const [n, vendor] of trickyValues.entries()) {
    // PostgreSQL takes no NUL, so no document can hold it.
    const value = vendor.replaceAll("\0", "");
    await onSale(theirs, { title: "Tricky lamp", handle: `${foreign}-${n}`, vendor: value });
  }
  await published(theirs, "On lamps", {
    translations: [{ locale: "en", slug: foreign, title: "On lamps" }],
  });

  const tunings = { locale: "en", product: defaultTuning, node: defaultTuning };
  for (const ctx of [ours, theirs]) await feed(ctx, tunings, { own: false });
  await feed(theirs, { locale: "en", product: defaultTuning });
  const uidOf = (kind: "product" | "node", tenantId: string | null = null) =>
    indexUid(server.prefix, kind, "en", tenantId);
  return {
    server,
    ours,
    theirs,
    lamp: { id, documentId: documentId(id, 1) },
    scopes: { ours: scopeOf(ours.tenant.id, 1), theirs: scopeOf(theirs.tenant.id, 1) },
    uids: {
      products: uidOf("product"),
      content: uidOf("node"),
      own: uidOf("product", theirs.tenant.id),
    },
  };
}
