import type { RequestContext } from "#kernel/context";
import { authors, createAuthor, createNode, nodes } from "#modules/content";
import { categories, tags } from "#modules/taxonomy";
import { installation } from "#test/installation";

type Given = Parameters<ReturnType<typeof createNode>["parse"]>[0];

let count = 0;

/** A post in English unless said otherwise, created the way an edge would: judged first. */
export function aNode(ctx: RequestContext, overrides: Record<string, unknown> = {}) {
  const given: Given = {
    kind: "post",
    translations: [english(`a-post-${++count}`)],
    ...overrides,
  };
  return nodes.create(ctx, createNode(ctx.tenant).parse(given));
}

export const english = (slug: string, more = {}) => ({
  locale: "en",
  slug,
  title: "Hello",
  ...more,
});

export const anAuthor = (ctx: RequestContext) =>
  authors.create(ctx, createAuthor.parse({ handle: "ada", name: "Ada" }));

/** The id of a category of the site, unless it is to be the shop's. */
export async function aCategory(
  ctx: RequestContext,
  handle: string,
  scope: "product" | "content" = "content",
): Promise<string> {
  const translations = [{ locale: "en", name: handle }];
  return (await categories.create(ctx, { scope, handle, position: 0, translations })).id;
}

/** The id of a tag of the site, unless it is to be the shop's. */
export async function aTag(
  ctx: RequestContext,
  handle: string,
  scope: "product" | "content" = "content",
): Promise<string> {
  return (await tags.create(ctx, { scope, handle, name: handle })).id;
}

/** The rows of a tenant's nodes, oldest first, seen from behind the server's back. */
export async function nodesOf(ctx: RequestContext): Promise<unknown[]> {
  const { owner } = await installation();
  const { rows } = await owner.query(
    "select id, status, revision::int, position from nodes where tenant_id = $1 order by id",
    [ctx.tenant.id],
  );
  return rows;
}

/** The rows of a node's parts, by table. */
export async function rowsOf(nodeId: string): Promise<Record<string, unknown[]>> {
  const { owner } = await installation();
  const tables = ["node_translations", "bodies", "node_categories", "node_tags"];
  const found: Record<string, unknown[]> = {};
  for (const table of tables) {
    const { rows } = await owner.query<{ row: unknown }>(
      `select to_jsonb(t) - 'tenant_id' - 'node_id' - 'scope' as row from ${table} t where node_id = $1 order by to_jsonb(t)->>'locale', 1`,
      [nodeId],
    );
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}
