import { LRUCache } from "lru-cache";
import type { SearchKind } from "#entities/search/search-settings";
import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { defaultTuning, type RankingRule, type Tuning } from "../engine.ts";
import { normalised } from "../query.ts";

/** What holds for a kind as long as nobody has set anything. */
export const defaultTunings: Record<SearchKind, Tuning> = {
  products: defaultTuning,
  content: { ...defaultTuning, ranking: ["recency"] },
};

/** What editors have to say about one search. */
export interface Tuned {
  tuning: Tuning;
  pinned: string[];
  hidden: string[];
}

type Rule = Pick<Tuned, "pinned" | "hidden">;
type Settings = { tuning: Tuning; ruled: ReadonlySet<string> };
type Asking = Pick<RequestContext, "db" | "tenant">;

const noRule: Rule = { pinned: [], hidden: [] };

/**
 * What is set for searches of the kind in the locale, and the rule for this query. Both are kept for
 * five seconds: a change, or a rule's first moment, holds everywhere within that time. Rules are
 * looked up one by one, and only for queries known to have one: hardly any search waits for that.
 */
export async function tuned(
  ctx: Asking,
  kind: SearchKind,
  { locale, query }: { locale: string; query: string },
): Promise<Tuned> {
  const { settings, rules } = kept(ctx.db);
  const { tuning, ruled } = await settings.get([ctx.tenant.id, kind, locale], () =>
    readSettings(ctx, kind, locale),
  );
  const asked = normalised(query);
  if (!ruled.has(asked)) return { tuning, ...noRule };
  const key = [ctx.tenant.id, kind, locale, asked];
  const rule = await rules.get(key, () => readRule(ctx, kind, locale, asked));
  return { tuning, ...rule };
}

/** Makes this process see at once what the tenant has changed. */
export function forgetTuning({ db, tenant }: Asking): void {
  const { settings, rules } = kept(db);
  settings.forget(tenant.id);
  rules.forget(tenant.id);
}

async function readSettings(
  { db, tenant }: Asking,
  kind: SearchKind,
  locale: string,
): Promise<Settings> {
  const { rows } = await db.pool.query<{
    synonyms: string[][] | null;
    stopWords: string[] | null;
    ranking: RankingRule[] | null;
    ruled: string[];
  }>({
    name: "search-tuning",
    text: `select synonyms, stop_words as "stopWords", ranking, ruled from search_tuning($1, $2, $3)`,
    values: [tenant.id, kind, locale],
  });
  const [{ synonyms, stopWords, ranking, ruled } = nothing] = rows;
  const tuning =
    synonyms && stopWords && ranking ? { synonyms, stopWords, ranking } : defaultTunings[kind];
  return { tuning, ruled: new Set(ruled) };
}

const nothing = { synonyms: null, stopWords: null, ranking: null, ruled: [] };

async function readRule(
  { db, tenant }: Asking,
  kind: SearchKind,
  locale: string,
  query: string,
): Promise<Rule> {
  const { rows } = await db.pool.query<Rule>({
    name: "search-rule",
    text: "select pinned, hidden from search_rule($1, $2, $3, $4)",
    values: [tenant.id, kind, locale, query],
  });
  return rows[0] ?? noRule;
}

interface Memory<Value> {
  get(key: string[], read: () => Promise<Value>): Promise<Value>;
  forget(tenantId: string): void;
}

const memories = new WeakMap<Database, { settings: Memory<Settings>; rules: Memory<Rule> }>();

function kept(db: Database) {
  const known = memories.get(db) ?? { settings: memory<Settings>(), rules: memory<Rule>() };
  memories.set(db, known);
  return known;
}

/** Who asks while somebody else's reading is under way waits for that; a reading that failed is not kept. */
function memory<Value>(): Memory<Value> {
  const values = new LRUCache<string, Promise<Value>>({ max: 1_000, ttl: 5_000 });
  return {
    get(parts, read) {
      const key = parts.join("\n");
      const known = values.get(key);
      if (known) return known;
      const value = read();
      values.set(key, value);
      value.catch(() => values.peek(key) === value && values.delete(key));
      return value;
    },
    forget(tenantId) {
      const ofTenant = Array.from(values.keys()).filter((key) => key.startsWith(tenantId));
      for (const key of ofTenant) values.delete(key);
    },
  };
}
