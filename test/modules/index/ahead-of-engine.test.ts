import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { engineKeepsUp } from "../../../src/modules/index/search-documents.ts";

test("a rebuild waits when the engine lacks more than ten thousand of its documents", async () => {
  const { aTenant, anEditor, owner } = await installation();
  const shop = await anEditor(await aTenant());
  const lacking = (generation: number, count: number) =>
    owner.query(
      `insert into search_documents (tenant_id, kind, generation, entity_id, locale)
       select $1, 'product', $2, gen_random_uuid(), 'en' from generate_series(1, $3)`,
      [shop.tenant.id, generation, count],
    );
  const keepsUp = () => engineKeepsUp(shop, { kind: "product", generation: 2 });
  // Another read model's are another's business.
  await lacking(1, 10_001);
  await lacking(2, 10_000);
  await keepsUp();

  await lacking(2, 1);
  const waits = keepsUp();
  await expect(
    Promise.race([waits, new Promise((resolve) => setTimeout(resolve, 600, "waits"))]),
  ).resolves.toBe("waits");
  // What is on its way is no longer lacking.
  await owner.query(
    `update search_documents set sent_task = 1 where ctid = (
       select ctid from search_documents where tenant_id = $1 and generation = 2 limit 1)`,
    [shop.tenant.id],
  );
  await waits;
});
