/** Kinds of the read model that are searched. */
export type IndexKind = "product" | "node";

const plural = { product: "products", node: "content" } as const;

/** The name of an index: rustok_products_de, or of a tenant who has its own, rustok_products_de_<tenant's id>. */
export function indexUid(
  prefix: string,
  kind: IndexKind,
  locale: string,
  tenantId: string | null,
): string {
  const shared = `${prefix}_${plural[kind]}_${locale.toLowerCase()}`;
  return tenantId === null ? shared : `${shared}_${tenantId}`;
}

/** A document's id. An entity has a document in each generation that is kept. */
export function documentId(entityId: string, generation: number): string {
  return `${entityId}_${generation}`;
}

/** Null for what is not the id of a document of ours. */
export function parseDocumentId(id: string): { entityId: string; generation: number } | null {
  const [, entityId, generation] = /^([0-9a-f-]{36})_(\d+)$/.exec(id) ?? [];
  return entityId ? { entityId, generation: Number(generation) } : null;
}

/** What every search is bound to: one tenant's documents, of one generation. */
export function scopeOf(tenantId: string, generation: number): string {
  return `${tenantId}:${generation}`;
}
