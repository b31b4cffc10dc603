import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { waitingDocuments } from "../../../../src/modules/search/sync/documents.ts";
import { openFeedersConnection } from "./fed-documents.ts";

test("shops take turns, each of its kinds for itself, and what is built beside what is searched has a third of a turn", async () => {
  const { aTenant, owner } = await installation();
  const [importing, selling] = [await aTenant(), await aTenant()];
  const wait = (tenantId: string, kind: string, generation: number, count: number) =>
    owner.query(
      `insert into search_documents (tenant_id, kind, generation, entity_id, locale)
       select $1, $2, $3, gen_random_uuid(), 'en' from generate_series(1, $4)`,
      [tenantId, kind, generation, count],
    );
  await owner.query("delete from search_documents");
  await owner.query(
    "insert into index_generations (tenant_id, kind, generation, state) values ($1, 'product', 2, 'building')",
    [selling.id],
  );
  await wait(selling.id, "product", 2, 100);
  await wait(importing.id, "product", 1, 100);
  await wait(importing.id, "node", 1, 3);
  await wait(selling.id, "product", 1, 6);

  const names = new Map([
    [importing.id, "importing"],
    [selling.id, "selling"],
  ]);
  const turns = async (limit: number) => {
    const chosen = await waitingDocuments(await openFeedersConnection(), limit);
    const whose = chosen.map((one) => `${names.get(one.tenantId)} ${one.kind} ${one.generation}`);
    return Object.fromEntries(
      [...Map.groupBy(whose, (one) => one)].map(([one, { length }]) => [one, length]),
    );
  };
  expect(await turns(17)).toEqual({
    "selling product 1": 6,
    "selling product 2": 2,
    "importing product 1": 6,
    "importing node 1": 3,
  });
  // What leaves its turns to others does not hold them up.
  expect(await turns(29)).toEqual({
    "selling product 1": 6,
    "selling product 2": 5,
    "importing product 1": 15,
    "importing node 1": 3,
  });
});
