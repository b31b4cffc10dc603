import { createNode, nodes } from "#modules/content";
import type { NodeRecord } from "../records.ts";
import { checked, type Plan, type Site } from "./plan.ts";

export function planNode(record: NodeRecord, { tenant, idOf }: Site): Plan {
  const { kind, status, fields, position, translations } = record;
  const input = checked(createNode(tenant), {
    kind,
    status,
    fields,
    position,
    translations,
    parentId: record.parent === null ? null : idOf("node", record.parent),
    authorId: record.author === null ? null : idOf("author", record.author),
    publishedAt: record.publishedAt === null ? null : new Date(record.publishedAt),
    categoryIds: record.categories.map((key) => idOf("category", key)),
    tagIds: record.tags.map((key) => idOf("tag", key)),
  });
  const { kind: _kind, status: _status, publishedAt, ...changes } = input;
  return {
    create: async (tx) => (await nodes.create(tx, input)).id,
    async update(tx, id) {
      await nodes.update(tx, { id, ...changes, ...(publishedAt && { publishedAt }) });
      await (status === "published" ? nodes.publish(tx, { id }) : nodes.unpublish(tx, { id }));
    },
  };
}
