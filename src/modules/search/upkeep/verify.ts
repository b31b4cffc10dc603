import type { Meilisearch } from "meilisearch";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/transaction";
import { documentId, indexUid, parseDocumentId, scopeOf } from "../meilisearch/indexes.ts";
import { meilisearchOf } from "../meilisearch/connection.ts";
import { cardsOf } from "../sync/cards.ts";
import { done } from "../sync/done.ts";
import type { DocumentKey } from "../sync/documents.ts";
import { placeOf } from "../place.ts";

/** Where the search engine does not have what the read model has. */
export interface SearchDifference {
  store: "search engine";
  kind: "product" | "node";
  id: string;
  locale: string;
  /** Refused: the engine cannot have it, for the reason that `fields` names. */
  reason: "missing" | "stale" | "orphaned" | "refused";
  /** What differs, of a stale document. */
  fields: string[];
  /** Where it is; for repairing it. */
  at: { uid: string; generation: number; documentId: string };
}

interface Options {
  /** Passes over what is on its way to the engine. */
  settled?: boolean;
  /** Ends with this entity; without, with a page. */
  to?: string;
}

/** How many documents are compared at once. */
const pageSize = 1_000;

/**
 * Compares the search engine with the read model, document by document. Changes nothing, and finds
 * nothing where PostgreSQL searches. What is still on its way to the engine differs, unless left out.
 */
export async function* verifySearch(
  ctx: RequestContext,
  options: Options = {},
): AsyncGenerator<SearchDifference> {
  if (!meilisearchOf(ctx.db)) return;
  for (const kind of ["product", "node"] as const) {
    for (let after: string | null = null; ;) {
      const page = await verifySearchPage(ctx, kind, after, options);
      yield* page.differences;
      if (page.next === null) break;
      after = page.next;
    }
    yield* orphans(ctx, kind);
  }
}

/** One page of the documents there should be, after an id; with where the next begins, or null at the end. */
export async function verifySearchPage(
  ctx: RequestContext,
  kind: "product" | "node",
  after: string | null,
  { settled = false, to }: Options = {},
): Promise<{ differences: SearchDifference[]; next: string | null }> {
  const engine = meilisearchOf(ctx.db);
  if (!engine) return { differences: [], next: null };
  const expected = await inTransaction(ctx, async (tx) => {
    const keys = await tx.sql<DocumentKey & { problem: string | null; settled: boolean }>(
      pageOfDocuments(kind),
      [after ?? "00000000-0000-0000-0000-000000000000", pageSize, to ?? null],
    );
    return cardsOf((text, values) => tx.sql(text, values), keys);
  });
  const differences: SearchDifference[] = [];
  const wanted = expected.filter((document) => document.settled || !settled);
  const byIndex = Map.groupBy(wanted, ({ locale, own }) =>
    indexUid(engine.prefix, kind, locale, own ? ctx.tenant.id : null),
  );
  for (const [uid, documents] of byIndex) {
    const there = await fetched(engine.client, uid, documents);
    for (const document of documents) {
      const { entityId, locale, generation, card, problem } = document;
      const at = { uid, generation, documentId: idOf(document) };
      const facts = { store: "search engine", kind, id: entityId, locale, at } as const;
      const found = there.get(at.documentId);
      if (card === null) {
        if (found) differences.push({ ...facts, reason: "orphaned", fields: [] });
        else if (problem) differences.push({ ...facts, reason: "refused", fields: [problem] });
      } else if (!found) {
        differences.push({ ...facts, reason: "missing", fields: [] });
      } else {
        const fields = differing(card as unknown as Record<string, unknown>, found);
        if (fields.length > 0) differences.push({ ...facts, reason: "stale", fields });
      }
    }
  }
  return { differences, next: expected.at(-1)?.entityId ?? null };
}

/** Whole entities, so that a page ends between two. */
const pageOfDocuments = (kind: "product" | "node") => {
  const [table, id] =
    kind === "product" ? ["index_products", "product_id"] : ["index_content", "node_id"];
  return `
    select r.tenant_id as "tenantId", '${kind}' as kind, r.generation, r.${id} as "entityId", r.locale,
      d.problem, coalesce(d.done_version = d.version, false) as settled,
      coalesce(d.refused_version = d.version, false) as refused
    from ${table} r
    left join search_documents d
      on d.tenant_id = r.tenant_id and d.kind = '${kind}' and d.generation = r.generation
     and d.entity_id = r.${id} and d.locale = r.locale
    where r.generation = (select live_generation(current_tenant(), '${kind}'))
      and r.${id} in (
        select distinct ${id} from ${table}
        where ${id} > $1 and ($3::uuid is null or ${id} <= $3) and generation = (select live_generation(current_tenant(), '${kind}'))
        order by ${id} limit $2)
    order by r.${id}, r.locale`;
};

const idOf = ({ entityId, generation }: DocumentKey) => documentId(entityId, generation);

/** Those of the documents that the index has where searches of their tenant look. */
async function fetched(client: Meilisearch, uid: string, documents: DocumentKey[]) {
  const [{ tenantId, generation } = { tenantId: "", generation: 0 }] = documents;
  const filter = `scope = "${scopeOf(tenantId, generation)}"`;
  const ids = documents.map(idOf);
  const { results } = await client.index(uid).getDocuments({ ids, filter, limit: ids.length });
  return new Map(results.map((document) => [document["id"] as string, document]));
}

/** The fields of either that the other does not have alike. */
function differing(card: Record<string, unknown>, found: Record<string, unknown>): string[] {
  const fields = new Set([...Object.keys(card), ...Object.keys(found)]);
  return [...fields].filter((field) => canonical(card[field]) !== canonical(found[field])).sort();
}

/** JSON by which two values are compared, whatever the order of their fields. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Documents said to be of the tenant's live generation that nothing of the tenant's stands behind. */
export async function* orphans(
  ctx: RequestContext,
  kind: "product" | "node",
): AsyncGenerator<SearchDifference> {
  const engine = meilisearchOf(ctx.db);
  if (!engine) return;
  for (const locale of ctx.tenant.locales) {
    const { generation, own } = await placeOf(ctx.db, ctx.tenant, kind, locale, 0);
    const uid = indexUid(engine.prefix, kind, locale, own ? ctx.tenant.id : null);
    const filter = `scope = "${scopeOf(ctx.tenant.id, generation)}"`;
    for (let offset = 0; ; offset += pageSize) {
      const { results } = await engine.client
        .index(uid)
        .getDocuments({ filter, fields: ["id"], limit: pageSize, offset });
      if (results.length === 0) break;
      const ids = results.map(({ id }) => id as string);
      for (const id of await baseless(ctx, kind, locale, generation, ids)) {
        const entityId = parseDocumentId(id)?.entityId ?? id;
        const at = { uid, generation, documentId: id };
        yield {
          store: "search engine",
          kind,
          id: entityId,
          locale,
          reason: "orphaned",
          fields: [],
          at,
        };
      }
    }
  }
}

/** Those of the documents' ids that are of no row of the tenant's. */
async function baseless(
  ctx: RequestContext,
  kind: "product" | "node",
  locale: string,
  generation: number,
  ids: string[],
): Promise<string[]> {
  const [table, column] =
    kind === "product" ? ["index_products", "product_id"] : ["index_content", "node_id"];
  const parsed = ids.map((id) => ({ id, ...parseDocumentId(id) }));
  const rows = await inTransaction(ctx, (tx) =>
    tx.sql<{ id: string }>(
      `select ${column} as id from ${table}
       where ${column} = any ($1::uuid[]) and locale = $2 and generation = $3`,
      [parsed.flatMap(({ entityId }) => entityId ?? []), locale, generation],
    ),
  );
  const known = new Set(rows.map(({ id }) => documentId(id, generation)));
  return ids.filter((id) => !known.has(id));
}

/**
 * Has just these documents sent to the engine as the read model has them now, whoever they belong to,
 * and removes at once what belongs to nobody. Resolves before the engine has them.
 */
export async function repairSearch(
  ctx: RequestContext,
  differences: SearchDifference[],
): Promise<void> {
  const engine = meilisearchOf(ctx.db);
  if (!engine) return;
  const groups = Map.groupBy(
    differences.filter(({ reason }) => reason !== "refused"),
    ({ kind, locale, at }) => JSON.stringify([at.uid, kind, locale, at.generation]),
  );
  for (const [group, members] of groups) {
    const [uid, kind, locale, generation] = JSON.parse(group) as [
      string,
      "product" | "node",
      string,
      number,
    ];
    const gone = await touch(
      ctx,
      { kind, locale, generation },
      members,
      (owner, own) => indexUid(engine.prefix, kind, locale, own ? owner : null) === uid,
    );
    if (gone.length > 0)
      await done(engine.client, await engine.client.index(uid).deleteDocuments(gone));
  }
}

/** Has what somebody owns sent again; answers the documents that are nobody's in this index. */
async function touch(
  ctx: RequestContext,
  { kind, locale, generation }: Pick<DocumentKey, "kind" | "locale" | "generation">,
  differences: SearchDifference[],
  liesHere: (owner: string, own: boolean) => boolean,
): Promise<string[]> {
  const orphaned = differences.filter(({ reason }) => reason === "orphaned");
  const rest = differences.filter(({ reason }) => reason !== "orphaned");
  return inTransaction(ctx, async (tx) => {
    // A row of the read model that was never noted for the engine is noted now.
    await tx.sql(
      `insert into search_documents (tenant_id, kind, generation, entity_id, locale)
       select $1, $2, $3, id, $4 from unnest($5::uuid[]) id on conflict do nothing`,
      [tx.tenant.id, kind, generation, locale, rest.map(({ id }) => id)],
    );
    const owned = new Set<string>();
    const ids = differences.flatMap(({ at }) => parseDocumentId(at.documentId)?.entityId ?? []);
    const touched = await tx.sql<{ tenant_id: string; entity_id: string; own: boolean }>(
      "select tenant_id, entity_id, own from touch_search_documents($1, $2, $3, $4)",
      [kind, generation, ids, locale],
    );
    for (const { tenant_id, entity_id, own } of touched) {
      if (liesHere(tenant_id, own)) owned.add(documentId(entity_id, generation));
    }
    await tx.sql("select pg_notify('rustok_search', '')");
    return orphaned.map(({ at }) => at.documentId).filter((id) => !owned.has(id));
  });
}
