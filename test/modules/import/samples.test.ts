import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { importShopify, importWordpress } from "#modules/import";
import { eventsOf, installation } from "#test/installation";
import { shelfOf } from "./shelf.ts";
import { sample } from "./streams.ts";

const absent = !existsSync(sample("apparel.csv"));

test.skipIf(absent).each([
  ["apparel.csv", importShopify, 23, { products: 20, nodes: 0 }],
  ["home-and-garden.csv", importShopify, 36, { products: 20, nodes: 0 }],
  ["themeunittestdata.wordpress.xml", importWordpress, 296, { products: 0, nodes: 112 }],
] as const)(
  "%s goes in without a fault, and a second time changes nothing",
  async (name, into, created, counts) => {
    const ctx = await (await installation()).anEditor();
    const file = sample(name).pathname;
    expect(await into(ctx, file)).toEqual({ created, updated: 0, unchanged: 0, failed: [] });
    const { products, nodes } = await shelfOf(ctx.tenant);
    expect({ products: products.length, nodes: nodes.length }).toEqual(counts);
    const events = await eventsOf(ctx);
    expect(await into(ctx, file)).toEqual({
      created: 0,
      updated: 0,
      unchanged: created,
      failed: [],
    });
    expect(await eventsOf(ctx)).toEqual(events);
  },
);

test.skipIf(absent)("what a reader must not see of the blog is a draft", async () => {
  const ctx = await (await installation()).anEditor();
  await importWordpress(ctx, sample("themeunittestdata.wordpress.xml").pathname);
  const { nodes } = await shelfOf(ctx.tenant);
  const drafts = nodes.filter(({ status }) => status === "draft").map(({ slug }) => slug);
  expect(drafts).toEqual([
    "comment-1015",
    "comment-1016",
    "comment-1017",
    "comment-926",
    "draft",
    "scheduled",
    "template-password-protected",
  ]);
});
