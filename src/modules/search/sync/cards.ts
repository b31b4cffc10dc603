import { type Card, contentCard, productCard, type Rejected } from "../meilisearch/cards.ts";
import type { DocumentKey, WaitingDocument } from "./documents.ts";

/** What is to be in the engine for a document, and in whose index. */
export interface Placed {
  /** Null when there is to be nothing. */
  card: Card | null;
  /** Why there can be nothing. */
  rejection: string | null;
  /** Whether the read model has no row of it, not even of something that is not public. */
  rowless: boolean;
  /** Whether the tenant has indexes of its own for it. */
  own: boolean;
  /** Of what the card is made from, as PostgreSQL keeps it; a card is some times as long. */
  bytes: number;
}

const tables = {
  product: {
    table: "index_products",
    id: "product_id",
    own: ["option_values", "in_stock", "prices", "boost", "popularity"],
    cardOf: productCard,
  },
  node: { table: "index_content", id: "node_id", own: [], cardOf: contentCard },
};

/** What a card is made of. A row's words and keys for PostgreSQL's own search are as much again. */
const columnsOf = (kind: keyof typeof tables) =>
  [
    "tenant_id",
    "generation",
    tables[kind].id,
    "locale",
    "revision",
    "indexed_at",
    "category_handles",
    "tag_handles",
    ...tables[kind].own,
  ]
    .map((column) => `r.${column}`)
    .join(", ");

/** Asks the database, as whoever may read the rows. */
type Query = (text: string, values: unknown[]) => Promise<unknown[]>;

/** The documents as the read model has them now, which is never older than the versions they wait at. */
export async function cardsOf<Key extends DocumentKey & Partial<Pick<WaitingDocument, "refused">>>(
  query: Query,
  keys: Key[],
): Promise<(Key & Placed)[]> {
  const placed: (Key & Placed)[] = [];
  for (const [kind, ofKind] of Map.groupBy(keys, (key) => key.kind)) {
    const { cardOf } = tables[kind];
    const rows = await rowsOf(query, kind, ofKind);
    ofKind.forEach((key, n) => {
      const row = rows[n];
      const own = row?.own_index ?? false;
      const rowless = !row?.locale;
      if (!row?.doc || key.refused) {
        placed.push({ ...key, card: null, rejection: null, rowless, own, bytes: 100 });
        return;
      }
      const made = orRefused(() =>
        cardOf({ ...row, indexed_at: new Date(row.indexed_at) } as never),
      );
      if ("rejection" in made) {
        placed.push({ ...key, card: null, rejection: made.rejection, rowless, own, bytes: 100 });
      } else {
        placed.push({
          ...key,
          card: made,
          rejection: null,
          rowless,
          own,
          bytes: Number(row.bytes),
        });
      }
    });
  }
  return placed;
}

/** A row of which no card can be made is refused, whatever the reason: its neighbours go in. */
function orRefused(make: () => Card | Rejected): Card | Rejected {
  try {
    return make();
  } catch (error) {
    return { rejection: `is not what a document is: ${(error as Error).message}` };
  }
}

interface Row {
  doc: unknown;
  /** Null where there is no row. */
  locale: string | null;
  indexed_at: Date | string;
  own_index: boolean | null;
  bytes: string;
}

/** In the order of the keys; without a document where there is none, or where its read model is not kept. */
async function rowsOf(
  query: Query,
  kind: keyof typeof tables,
  keys: DocumentKey[],
): Promise<Row[]> {
  const { table, id } = tables[kind];
  const rows = await query(
    `
      select ${columnsOf(kind)}, g.own_index, case when g.state <> 'retired' then r.doc end as doc,
        coalesce(pg_column_size(r.doc), 0) as bytes
      from unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[])
        with ordinality as k (tenant_id, generation, entity_id, locale, place)
      left join index_generations g
        on g.tenant_id = k.tenant_id and g.kind = '${kind}' and g.generation = k.generation
      left join ${table} r
        on r.tenant_id = k.tenant_id and r.${id} = k.entity_id and r.locale = k.locale and r.generation = k.generation
      order by k.place`,
    [
      keys.map(({ tenantId }) => tenantId),
      keys.map(({ generation }) => generation),
      keys.map(({ entityId }) => entityId),
      keys.map(({ locale }) => locale),
    ],
  );
  return rows as Row[];
}
