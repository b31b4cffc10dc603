import { expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { cardsOf } from "../../../../src/modules/search/sync/cards.ts";

test("a document of which no card can be made is refused with its reason, and its neighbours are not", async () => {
  const [odd, gone] = [newId(), newId()];
  const keys = [odd, gone].map((entityId) => ({
    tenantId: newId(),
    kind: "product" as const,
    generation: 1,
    entityId,
    locale: "en",
  }));
  const rows = [
    { doc: { title: "Half a document" }, locale: "en", indexed_at: new Date(), own_index: false },
    { doc: null, locale: "en", indexed_at: new Date(), own_index: false },
  ];
  const placed = await cardsOf(() => Promise.resolve(rows), keys);
  expect(placed).toMatchObject([
    { entityId: odd, card: null, rejection: expect.stringMatching(/^is not what a document is: /) },
    { entityId: gone, card: null, rejection: null },
  ]);
});
