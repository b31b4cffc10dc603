import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { createNode, nodes } from "#modules/content";

type Given = Parameters<ReturnType<typeof createNode>["parse"]>[0];

let count = 0;

/** A post in English unless said otherwise, created the way an edge would: judged first. */
export function aNode(ctx: RequestContext, overrides: Record<string, unknown> = {}) {
  const given: Given = {
    kind: "post",
    translations: [{ locale: "en", slug: `a-post-${++count}`, title: "A post" }],
    ...overrides,
  };
  return nodes.create(ctx, createNode(ctx.tenant).parse(given));
}

/** The rows of the node and its parts, seen from behind the server's back. */
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
