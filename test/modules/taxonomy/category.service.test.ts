import { expect, test } from "vitest";
import { BadUserInput, Conflict, NotFound, StaleRevision } from "#kernel/errors";
import { eventsOf, installation } from "#test/installation";
import { categories } from "#modules/taxonomy";

const { anEditor, owner } = await installation();

const lamps = (handle = "lamps", parentId?: string) => ({
  scope: "product" as const,
  handle,
  position: 0,
  ...(parentId && { parentId }),
  translations: [
    { locale: "en", name: "Lamps" },
    { locale: "de", name: "Lampen" },
  ],
});

const sharedRevision = async (tenantId: string) =>
  (await owner.query("select shared_revision::int as n from tenants where id = $1", [tenantId]))
    .rows[0]?.n;

test("a new category is on record with its event", async () => {
  const editor = await anEditor();
  const category = await categories.create(editor, lamps());
  expect(category).toMatchObject({ handle: "lamps", revision: 1, tenantId: editor.tenant.id });
  expect(await eventsOf(editor)).toEqual([
    {
      type: "category.created",
      payload: { categoryId: category.id, scope: "product", revision: 1 },
    },
  ]);
});

test("a taken handle is a conflict that leaves neither row nor event", async () => {
  const editor = await anEditor();
  await categories.create(editor, lamps());
  await expect(categories.create(editor, lamps())).rejects.toThrow(
    new Conflict("The handle is already in use.", { field: "handle" }),
  );
  expect(await eventsOf(editor)).toHaveLength(1);
  const { rows } = await owner.query("select from category_translations where tenant_id = $1", [
    editor.tenant.id,
  ]);
  expect(rows).toHaveLength(2);
});

test("two tenants may use one handle", async () => {
  await categories.create(await anEditor(), lamps());
  await expect(categories.create(await anEditor(), lamps())).resolves.toMatchObject({
    handle: "lamps",
  });
});

test("a rename replaces the translations that are given and raises both revisions", async () => {
  const editor = await anEditor();
  const { id } = await categories.create(editor, lamps());
  const before = await sharedRevision(editor.tenant.id);
  const renamed = await categories.update(editor, {
    id,
    revision: 1,
    translations: [{ locale: "en", name: "Lights" }],
  });
  expect(renamed.revision).toBe(2);
  expect(await sharedRevision(editor.tenant.id)).toBe(before + 1);
  const { rows } = await owner.query(
    "select locale, name from category_translations where category_id = $1",
    [id],
  );
  expect(rows).toEqual([{ locale: "en", name: "Lights" }]);
});

test("a stale revision is refused and changes nothing", async () => {
  const editor = await anEditor();
  const { id } = await categories.create(editor, lamps());
  await categories.update(editor, { id, revision: 1, position: 5 });
  await expect(categories.update(editor, { id, revision: 1, position: 9 })).rejects.toThrow(
    new StaleRevision("category", id, 1, 2),
  );
  const { rows } = await owner.query(
    "select position, revision::int from categories where id = $1",
    [id],
  );
  expect(rows).toEqual([{ position: 5, revision: 2 }]);
});

test("a category cannot come to lie below itself", async () => {
  const editor = await anEditor();
  const top = await categories.create(editor, lamps("top"));
  const middle = await categories.create(editor, lamps("middle", top.id));
  const low = await categories.create(editor, lamps("low", middle.id));
  for (const parentId of [top.id, middle.id, low.id]) {
    await expect(categories.update(editor, { id: top.id, parentId })).rejects.toThrow(BadUserInput);
  }
  await expect(categories.update(editor, { id: low.id, parentId: top.id })).resolves.toMatchObject({
    parentId: top.id,
  });
});

test("two moves at once cannot close a circle together", async () => {
  const editor = await anEditor();
  const top = await categories.create(editor, lamps("top"));
  const below = await categories.create(editor, lamps("below", top.id));
  const other = await categories.create(editor, lamps("other"));
  const belowOther = await categories.create(editor, lamps("below-other", other.id));
  const moves = await Promise.allSettled([
    categories.update(editor, { id: top.id, parentId: belowOther.id }),
    categories.update(editor, { id: other.id, parentId: below.id }),
  ]);
  expect(moves.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const refused = moves.find(({ status }) => status === "rejected");
  expect(refused).toMatchObject({ reason: expect.any(BadUserInput) });
});

test("a parent of another tenant is no parent at all", async () => {
  const stranger = await anEditor();
  const theirs = await categories.create(stranger, lamps());
  const editor = await anEditor();
  await expect(categories.create(editor, lamps("mine", theirs.id))).rejects.toThrow(BadUserInput);
  expect(await eventsOf(editor)).toEqual([]);
});

test("a category with children stays; without them it leaves a tombstone", async () => {
  const editor = await anEditor();
  const top = await categories.create(editor, lamps("top"));
  const low = await categories.create(editor, lamps("low", top.id));
  await expect(categories.remove(editor, { id: top.id })).rejects.toThrow(Conflict);
  await categories.remove(editor, { id: low.id });
  await categories.remove(editor, { id: top.id });
  await expect(categories.remove(editor, { id: top.id })).rejects.toThrow(NotFound);
  const { rows } = await owner.query(
    "select aggregate_id, revision::int from tombstones where tenant_id = $1 order by deleted_at",
    [editor.tenant.id],
  );
  expect(rows).toEqual([
    { aggregate_id: low.id, revision: 2 },
    { aggregate_id: top.id, revision: 2 },
  ]);
});

test("another tenant's category is not there", async () => {
  const { id } = await categories.create(await anEditor(), lamps());
  const stranger = await anEditor();
  await expect(categories.update(stranger, { id, position: 3 })).rejects.toThrow(NotFound);
  await expect(categories.remove(stranger, { id })).rejects.toThrow(NotFound);
  expect(await eventsOf(stranger)).toEqual([]);
});
