import type { Meilisearch } from "meilisearch";
import type { ClientBase } from "pg";
import { defaultTuning, type Tuning } from "../engine.ts";
import { changedSettings } from "../meilisearch/changed-settings.ts";
import { settingsOf } from "../meilisearch/settings.ts";
import { done } from "./done.ts";
import type { KnownIndex } from "./engine-state.ts";

/** Gives the index the settings of our code and, if it is a tenant's own, of the tenant; none when it has them. */
export async function applyIndexSettings(
  db: ClientBase,
  client: Meilisearch,
  { uid, kind, locale, tenantId }: Pick<KnownIndex, "uid" | "kind" | "locale" | "tenantId">,
): Promise<void> {
  const tuning = tenantId === null ? defaultTuning : await tuningOf(db, tenantId, kind, locale);
  const wanted = settingsOf({ kind, locale, tuning });
  const changed = changedSettings(wanted, await client.index(uid).getSettings());
  if (changed) await done(client, await client.index(uid).updateSettings(changed));
}

async function tuningOf(
  db: ClientBase,
  tenantId: string,
  kind: KnownIndex["kind"],
  locale: string,
): Promise<Tuning> {
  const { rows } = await db.query<Tuning>(
    `select synonyms, stop_words as "stopWords", ranking from search_settings
     where tenant_id = $1 and kind = $2 and locale = $3`,
    [tenantId, kind === "product" ? "products" : "content", locale],
  );
  return rows[0] ?? defaultTuning;
}
