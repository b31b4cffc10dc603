import { expect, test } from "vitest";
import { Tag } from "#entities/taxonomy/tag";
import { inTransaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";
import { tags } from "#modules/taxonomy";
import { eventsOf, installation } from "#test/installation";

const { anEditor, db, owner } = await installation();
const tag = (handle: string) => ({ scope: "product" as const, handle, name: handle });

test("a rollback has neither rows nor events", async () => {
  const editor = await anEditor();
  const attempt = inTransaction(editor, async (tx) => {
    await tags.create(tx, tag("one"));
    await tx.em.flush();
    throw new Error("changed my mind");
  });
  await expect(attempt).rejects.toThrow("changed my mind");
  expect(await eventsOf(editor)).toEqual([]);
  const { rows } = await owner.query("select from tags where tenant_id = $1", [editor.tenant.id]);
  expect(rows).toEqual([]);
});

test("calls inside a transaction join it and commit as one, events in order", async () => {
  const editor = await anEditor();
  await inTransaction(editor, async (tx) => {
    await tags.create(tx, tag("one"));
    await tags.create(tx, tag("two"));
    const { rows } = await owner.query("select from tags where tenant_id = $1", [editor.tenant.id]);
    expect(rows).toEqual([]);
  });
  expect((await eventsOf(editor)).map(({ type }) => type)).toEqual(["tag.created", "tag.created"]);
});

test("one bad call takes the whole transaction with it", async () => {
  const editor = await anEditor();
  const attempt = inTransaction(editor, async (tx) => {
    await tags.create(tx, tag("same"));
    await tags.create(tx, tag("same"));
  });
  await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await eventsOf(editor)).toEqual([]);
});

test("SQL sees what the ORM has not written yet", async () => {
  const editor = await anEditor();
  const seen = await inTransaction(editor, async (tx) => {
    await tags.create(tx, tag("one"));
    return tx.sql<{ handle: string }>("select handle from tags");
  });
  expect(seen).toEqual([{ handle: "one" }]);
});

test("without a tenant the server's role sees no row of any tenant-owned table", async () => {
  const editor = await anEditor();
  await tags.create(editor, tag("one"));
  const { rows: tables } = await owner.query<{ name: string }>(`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id'`);
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) {
    const { rows } = await db.pool.query(`select from ${name}`);
    expect(rows, name).toEqual([]);
  }
  // The control: to the owner, who is a superuser, the rows are there.
  expect((await owner.query("select from tags")).rowCount).toBeGreaterThan(0);
});

test("a forgotten filter finds nothing of another tenant, and nothing can be written for one", async () => {
  const [mine, theirs] = [await anEditor(), await anEditor()];
  await tags.create(theirs, tag("secret"));
  await inTransaction(mine, async (tx) => {
    expect(await tx.em.find(Tag, {}, { filters: { tenant: false } })).toEqual([]);
    expect(await tx.sql("select from tags")).toEqual([]);
    expect(await tx.sql("update tags set name = 'taken over' returning id")).toEqual([]);
  });
  const smuggle = inTransaction(mine, (tx) =>
    tx.sql(
      "insert into tags (id, tenant_id, scope, handle, name) values ($1, $2, 'product', 'x', 'x')",
      [newId(), theirs.tenant.id],
    ),
  );
  await expect(smuggle).rejects.toThrow("row-level security");
});
