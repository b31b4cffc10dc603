import { expect, onTestFinished, test, vi } from "vitest";
import { products } from "#modules/commerce";
import { installation } from "#test/installation";
import { restAfter } from "../../../src/modules/index/give-way.ts";
import { onSale } from "../search/a-catalogue.ts";

test("a rebuild rests as long as it worked while the tenant writes, and not for another's sake", async () => {
  const { anEditor, aTenant, owner } = await installation();
  const shop = await anEditor();
  const neighbour = await anEditor(await aTenant());
  const mug = await onSale(shop, { handle: "mug", title: "A mug" });
  await onSale(neighbour, { handle: "jug", title: "A jug" });
  // What was written to get here was written long ago.
  await owner.query(
    `update sys_events set id = ('00000000' || substr(id::text, 9))::uuid where tenant_id = $1`,
    [shop.tenant.id],
  );
  expect(await restAfter(shop, 300)).toBe(0);

  // Lately is two seconds ago at most, however long it takes here to ask.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  onTestFinished(() => void vi.useRealTimers());
  await products.update(shop, { id: mug, vendor: "Potter" });
  expect(await restAfter(shop, 300)).toBe(300);
  expect(await restAfter(shop, 60_000)).toBe(5_000);
});
