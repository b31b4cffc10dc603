import { expect, test, vi } from "vitest";
import { rebuild } from "#modules/index";
import { installation } from "#test/installation";
import { onSale } from "../search/a-catalogue.ts";

test("a rebuild goes no further while the engine lacks more than ten thousand of its documents", async () => {
  const { aTenant, anEditor, owner } = await installation();
  const shop = await anEditor(await aTenant());
  await onSale(shop, { title: "A mug" });
  const lacking = (generation: number, count: number) =>
    owner.query(
      `insert into search_documents (tenant_id, kind, generation, entity_id, locale)
       select $1, 'product', $2, gen_random_uuid(), 'en' from generate_series(1, $3)`,
      [shop.tenant.id, generation, count],
    );
  const taken = (count: number) =>
    owner.query(
      `delete from search_documents where ctid in (
         select ctid from search_documents where tenant_id = $1 and generation = 2 limit $2)`,
      [shop.tenant.id, count],
    );
  // Another read model's are another's business.
  await lacking(1, 10_001);
  await lacking(2, 10_001);
  const told: string[] = [];
  const rebuilt = rebuild(shop, {
    kind: "product",
    onProgress: ({ done }) => told.push(`${done} built`),
    onCatchUp: () => told.push("catches up"),
  });
  await vi.waitFor(() => expect(told).toEqual(["0 built"]), 10_000);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(told).toEqual(["0 built"]);
  await taken(1);
  await vi.waitFor(
    () => expect(told.slice(0, 3)).toEqual(["0 built", "1 built", "catches up"]),
    10_000,
  );
  await taken(10_000);
  await rebuilt;
});
