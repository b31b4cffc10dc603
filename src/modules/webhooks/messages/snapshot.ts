import type { RequestContext } from "#kernel/context";
import { published, type Published } from "#modules/index";

/** What is public of what an event is about, as it is when the message is sent. */
export interface Snapshot extends Published {
  kind: "product" | "node" | "category";
  id: string;
}

/** Whose document an event's ids lead to; a comment is a node. */
const subjects = [
  ["productId", "product"],
  ["nodeId", "node"],
  ["commentId", "node"],
  ["categoryId", "category"],
] as const;

/** Null for what has no document of its own. */
export async function snapshotFor(
  ctx: RequestContext,
  payload: Record<string, unknown>,
  revision: number,
): Promise<Snapshot | null> {
  const [field, kind] = subjects.find(([name]) => name in payload) ?? [];
  if (!field || !kind) return null;
  const id = String(payload[field]);
  const found = await published(ctx, { kind, id }, revision);
  return found && { kind, id, ...found };
}
