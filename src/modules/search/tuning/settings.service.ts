import { isDeepStrictEqual } from "node:util";
import { LockMode } from "@mikro-orm/postgresql";
import { type SearchKind, SearchSettings } from "#entities/search/search-settings";
import { change } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { StaleRevision } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { SearchSettingsUpdated } from "./events.ts";
import type { UpdateSearchSettings } from "./settings.input.ts";
import { defaultTunings, forgetTuning } from "./tuned.ts";

/** What is set, or null. */
export function get(
  ctx: RequestContext,
  kind: SearchKind,
  locale: string,
): Promise<SearchSettings | null> {
  return inTransaction(ctx, ({ em }) => em.findOne(SearchSettings, { kind, locale }));
}

/** Changes what is given; nothing happens when all is so already. Throws CONFLICT for a stale revision. */
export async function update(
  ctx: RequestContext,
  { kind, locale, revision, ...given }: UpdateSearchSettings,
): Promise<SearchSettings> {
  const settings = await inTransaction(ctx, async (tx) => {
    const found = await lockSettings(tx, kind, locale);
    if (typeof revision === "number" && revision !== found.revision) {
      throw new StaleRevision("set of search settings", found.id, revision, found.revision);
    }
    if (found.revision > 0 && changesNothing(found, given)) return found;
    change(tx, found, { ...given, updatedBy: editorOf(tx) });
    record(tx, SearchSettingsUpdated, found, { kind, locale });
    return found;
  });
  forgetTuning(ctx);
  return settings;
}

/** The row, at revision 0 when it was not there: two who set something for the first time take turns. */
async function lockSettings(
  tx: Transaction,
  kind: SearchKind,
  locale: string,
): Promise<SearchSettings> {
  await tx.sql(
    `insert into search_settings (id, tenant_id, kind, locale, ranking, revision, created_at, updated_at)
     values ($1, $2, $3, $4, $5, 0, $6, $6)
     on conflict (tenant_id, kind, locale) do nothing`,
    [newId(), tx.tenant.id, kind, locale, defaultTunings[kind].ranking, tx.now],
  );
  return tx.em.findOneOrFail(
    SearchSettings,
    { kind, locale },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
}

const changesNothing = (found: SearchSettings, given: Record<string, unknown>): boolean =>
  Object.entries(given).every(
    ([field, value]) =>
      value === undefined || isDeepStrictEqual(value, found[field as keyof SearchSettings]),
  );

const editorOf = ({ actor }: RequestContext) => (actor.kind === "user" ? actor.userId : null);
