import { afterAll, beforeEach, expect, test } from "vitest";
import { refreshReadModel } from "#jobs/refresh-read-model";
import type { RequestContext } from "#kernel/context";
import { verify } from "#modules/index";
import { tenants } from "#modules/tenants";
import { settled, startBackground } from "#test/background";
import { installation } from "#test/installation";
import { aShop, type Shop } from "#test/shop";

const { owner } = await installation();
const background = await startBackground();
afterAll(() => background.stop());

let shop: Shop;
let ctx: RequestContext;
beforeEach(async () => {
  shop = await aShop();
  ctx = shop.editor;
  await shop.create("Product", {
    handle: "mug",
    status: "published",
    translations: [
      { locale: "en", title: "Mug" },
      { locale: "de", title: "Becher" },
    ],
    variants: [{}],
  });
  await shop.create("Category", {
    scope: "product",
    handle: "cups",
    translations: [{ locale: "de", name: "Tassen" }],
  });
  await settled();
});

/** The titles that storefronts are shown, by locale. */
async function titles(): Promise<Record<string, string>> {
  const { rows } = await owner.query<{ locale: string; title: string }>(
    "select locale, title from index_products where tenant_id = $1 order by locale",
    [ctx.tenant.id],
  );
  return Object.fromEntries(rows.map(({ locale, title }) => [locale, title]));
}
const differences = () => Array.fromAsync(verify(ctx));

test("a locale comes with what stands in for it, goes with its documents, and comes back with its texts", async () => {
  expect(await titles()).toEqual({ de: "Becher", en: "Mug" });
  await tenants.update(ctx, { locales: ["en", "fr", "de"] });
  await settled();
  expect(await titles()).toEqual({ de: "Becher", en: "Mug", fr: "Mug" });
  await tenants.update(ctx, { defaultLocale: "de" });
  await settled();
  expect(await titles()).toEqual({ de: "Becher", en: "Mug", fr: "Becher" });
  await tenants.update(ctx, { locales: ["en"], defaultLocale: "en" });
  await settled();
  expect(await titles()).toEqual({ en: "Mug" });
  expect(await differences()).toEqual([]);
  await tenants.update(ctx, { locales: ["en", "de"] });
  await settled();
  expect(await titles()).toEqual({ de: "Becher", en: "Mug" });
  expect(await differences()).toEqual([]);
});

test("what is not followed would be found", async () => {
  await owner.query("update tenants set locales = '{en}' where id = $1", [ctx.tenant.id]);
  expect((await differences()).length).toBeGreaterThan(0);
});

test("a refresh is passed over once a later change has asked for another", async () => {
  // From here on nobody projects but the test: it is the last one.
  await background.stop();
  const moments = async () => {
    const { rows } = await owner.query<{ at: Date }>(
      "select distinct indexed_at as at from index_products where tenant_id = $1",
      [ctx.tenant.id],
    );
    return rows.map(({ at }) => at.getTime());
  };
  const { revision: first } = await tenants.update(ctx, { locales: ["en", "fr", "de"] });
  const { revision: second } = await tenants.update(ctx, { locales: ["en", "de"] });
  await tenants.update(ctx, { name: "Of no weight" });
  const before = await moments();
  await refreshReadModel.run(ctx, { revision: first });
  expect(await moments()).toEqual(before);
  await refreshReadModel.run(ctx, { revision: second });
  expect(Math.min(...(await moments()))).toBeGreaterThan(Math.max(...before));
});
