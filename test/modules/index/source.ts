import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";
import { installation } from "#test/installation";

/** Rows of the write model by table, but for their `tenant_id`. */
type Rows = Record<string, Record<string, unknown>[]>;

/** Writes rows of the write model in one transaction, as its services would leave them. */
export function write(ctx: RequestContext, rows: Rows): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    for (const [table, list] of Object.entries(rows)) {
      const columns = [...new Set(list.flatMap(Object.keys)), "tenant_id"].join(", ");
      await tx.sql(
        `insert into ${table} (${columns})
         select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(list.map((row) => ({ ...row, tenant_id: ctx.tenant.id })))],
      );
    }
  });
}

/** Runs one statement of the tenant, in a transaction of its own. */
export function run(ctx: RequestContext, sql: string, ...values: unknown[]): Promise<unknown[]> {
  return inTransaction(ctx, (tx) => tx.sql(sql, values));
}

export const time = "2026-03-01T12:00:00.000Z";

/** A published product with English texts and a single variant, as plain as can be. */
export async function aProduct(
  ctx: RequestContext,
  overrides: { handle?: string; title?: string; categories?: string[]; tags?: string[] } = {},
): Promise<string> {
  const id = newId();
  const { handle = `product-${id}`, title = "A product", categories = [], tags = [] } = overrides;
  await write(ctx, {
    products: [
      {
        id,
        handle,
        status: "published",
        revision: 1,
        published_at: time,
        created_at: time,
        updated_at: time,
      },
    ],
    product_translations: [{ product_id: id, locale: "en", title, description: "" }],
    product_variants: [{ id: newId(), product_id: id, sku: null, position: 0 }],
    product_categories: categories.map((category_id) => ({ product_id: id, category_id })),
    product_tags: tags.map((tag_id) => ({ product_id: id, tag_id })),
  });
  return id;
}

/** A category with an English name. */
export async function aCategory(
  ctx: RequestContext,
  handle: string,
  { parent = null, scope = "product" }: { parent?: string | null; scope?: string } = {},
): Promise<string> {
  const id = newId();
  await write(ctx, {
    categories: [{ id, scope, handle, parent_id: parent, position: 0, revision: 1 }],
    category_translations: [{ category_id: id, locale: "en", name: `Name of ${handle}` }],
  });
  return id;
}

export async function aTag(
  ctx: RequestContext,
  handle: string,
  scope = "product",
): Promise<string> {
  const id = newId();
  await write(ctx, { tags: [{ id, scope, handle, name: `Name of ${handle}`, revision: 1 }] });
  return id;
}

export async function anAuthor(ctx: RequestContext, handle: string): Promise<string> {
  const id = newId();
  await write(ctx, { authors: [{ id, handle, name: `Name of ${handle}`, revision: 1 }] });
  return id;
}

/** A published post with English texts. */
export async function aPost(
  ctx: RequestContext,
  overrides: { slug?: string; author?: string; categories?: string[]; tags?: string[] } = {},
): Promise<string> {
  const id = newId();
  const { slug = `post-${id}`, author = null, categories = [], tags = [] } = overrides;
  const node = {
    id,
    kind: "post",
    status: "published",
    author_id: author,
    fields: {},
    position: 0,
  };
  await write(ctx, {
    nodes: [{ ...node, revision: 1, published_at: time, created_at: time, updated_at: time }],
    node_translations: [{ node_id: id, kind: "post", locale: "en", slug, title: "A post" }],
    bodies: [
      { node_id: id, locale: "en", format: "html", source: "<p>Text</p>", html: "<p>Text</p>" },
    ],
    node_categories: categories.map((category_id) => ({ node_id: id, category_id })),
    node_tags: tags.map((tag_id) => ({ node_id: id, tag_id })),
  });
  return id;
}

/** Renames a shared thing as its service does: its own revision and the tenant's go up with it. */
export async function rename(
  ctx: RequestContext,
  table: "categories" | "tags" | "authors",
  id: string,
  name: string,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.sql(`update ${table} set revision = revision + 1 where id = $1`, [id]);
    await (table === "categories"
      ? tx.sql("update category_translations set name = $2 where category_id = $1", [id, name])
      : tx.sql(`update ${table} set name = $2 where id = $1`, [id, name]));
    await tx.sql("update tenants set shared_revision = shared_revision + 1");
  });
}

/** Resolves when so many connections to this file's database wait for a lock. */
export async function waitingForLock(connections: number): Promise<void> {
  const { owner } = await installation();
  const deadline = performance.now() + 25_000;
  for (;;) {
    const { rows } = await owner.query<{ waiting: number }>(
      `select count(*)::integer as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0]?.waiting === connections) return;
    if (performance.now() > deadline) throw new Error("Nobody waits for the lock.");
  }
}
