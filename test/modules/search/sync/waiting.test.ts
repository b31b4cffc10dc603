import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { waitingDocuments } from "../../../../src/modules/search/sync/documents.ts";
import { openFeedersConnection } from "./fed-documents.ts";

test("shops take turns, and what is built beside what is searched has every fourth", async () => {
  const { aTenant, owner } = await installation();
  const [importing, selling] = [await aTenant(), await aTenant()];
  const wait = (tenantId: string, generation: number, count: number) =>
    owner.query(
      `insert into search_documents (tenant_id, kind, generation, entity_id, locale)
       select $1, 'product', $2, gen_random_uuid(), 'en' from generate_series(1, $3)`,
      [tenantId, generation, count],
    );
  await owner.query("delete from search_documents");
  await owner.query(
    "insert into index_generations (tenant_id, kind, generation, state) values ($1, 'product', 2, 'building')",
    [selling.id],
  );
  await wait(selling.id, 2, 100);
  await wait(importing.id, 1, 100);
  await wait(selling.id, 1, 6);

  const names = new Map([
    [importing.id, "importing"],
    [selling.id, "selling"],
  ]);
  const turns = async (limit: number) => {
    const chosen = await waitingDocuments(await openFeedersConnection(), limit);
    const whose = chosen.map((one) => `${names.get(one.tenantId)} ${one.generation}`);
    return Object.fromEntries(
      [...Map.groupBy(whose, (one) => one)].map(([one, { length }]) => [one, length]),
    );
  };
  expect(await turns(14)).toEqual({ "selling 1": 6, "selling 2": 2, "importing 1": 6 });
  // What leaves its turns to others does not hold them up.
  expect(await turns(26)).toEqual({ "selling 1": 6, "selling 2": 5, "importing 1": 15 });
});
