import { expect, test } from "vitest";
import { seedDemo, seedScale } from "#modules/seed";
import { eventsOf, installation } from "#test/installation";
import { eventCounts, shelfOf } from "../import/shelf.ts";

test("the demo shop goes in whole, through the services, and a second time changes nothing", async () => {
  const ctx = await (await installation()).anEditor();
  expect(await seedDemo(ctx)).toEqual({ created: 138, updated: 0, unchanged: 0, failed: [] });
  expect(await eventCounts(ctx.tenant)).toEqual({
    "author.created": 4,
    "category.created": 21,
    "node.created": 20,
    "node.published": 20,
    "product.created": 60,
    "product.published": 58,
    "tag.created": 31,
  });
  const [shelf, events] = [await shelfOf(ctx.tenant), await eventsOf(ctx)];
  expect(await seedDemo(ctx)).toEqual({ created: 0, updated: 0, unchanged: 138, failed: [] });
  expect(await shelfOf(ctx.tenant)).toEqual(shelf);
  expect(await eventsOf(ctx)).toEqual(events);
});

test("a tenant gets the demo shop in the languages and currencies it has", async () => {
  const { aTenant, anEditor } = await installation();
  const german = await aTenant({
    defaultLocale: "de",
    locales: ["de", "fr"],
    defaultCurrency: "EUR",
    currencies: ["EUR", "CHF"],
  });
  await seedDemo(await anEditor(german));
  const { products } = await shelfOf(german);
  expect(products).toHaveLength(60);
  expect(products.find(({ handle }) => handle === "waffle-towel")).toMatchObject({
    texts: [expect.stringMatching(/^de: Waffelhandtuch /)],
    variants: [
      { sku: "FER-WFT-SAND-HAND", titles: ["de: Sand / Handtuch"], prices: ["2490 EUR"] },
      { sku: "FER-WFT-SAND-BATH", titles: ["de: Sand / Badetuch"], prices: ["4490 EUR"] },
      expect.anything(),
      expect.anything(),
      expect.anything(),
      expect.anything(),
    ],
  });
});

test("a tenant that speaks none of its languages is told so, and stays empty", async () => {
  const { aTenant, anEditor } = await installation();
  const ctx = await anEditor(await aTenant({ defaultLocale: "fr", locales: ["fr"] }));
  await expect(seedDemo(ctx)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  await expect(seedScale(ctx, 10)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  expect(await eventsOf(ctx)).toEqual([]);
  expect((await shelfOf(ctx.tenant)).locations).toEqual([]);
});

test("a larger catalogue adds to a smaller one", async () => {
  const ctx = await (await installation()).anEditor();
  const progress: number[] = [];
  const onProgress = ({ done }: { done: number }) => progress.push(done);
  expect(await seedScale(ctx, 300, { onProgress })).toMatchObject({ created: 331, failed: [] });
  expect(progress).toEqual([219, 300]);
  expect(await seedScale(ctx, 400)).toEqual({
    created: 100,
    updated: 0,
    unchanged: 331,
    failed: [],
  });
  expect((await shelfOf(ctx.tenant)).products).toHaveLength(400);
});

test("a catalogue goes in beside the demo shop, on its shelves", async () => {
  const ctx = await (await installation()).anEditor();
  await seedDemo(ctx);
  expect(await seedScale(ctx, 50)).toEqual({ created: 50, updated: 0, unchanged: 31, failed: [] });
  expect((await shelfOf(ctx.tenant)).categories).toHaveLength(21);
});
