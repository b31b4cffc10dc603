import type { Meilisearch } from "meilisearch";
import type { ClientBase } from "pg";
import type { Tuning } from "../engine.ts";
import { changedSettings } from "../meilisearch/changed-settings.ts";
import { settingsOf } from "../meilisearch/settings.ts";
import { defaultTunings } from "../tuning/tuned.ts";
import { done } from "./done.ts";
import type { KnownIndex } from "./engine-state.ts";

type Index = Pick<KnownIndex, "uid" | "kind" | "locale" | "tenantId">;

/** Gives the index the settings of our code and, if it is a tenant's own, of the tenant; nothing is sent when it has them. */
export async function applyIndexSettings(
  db: ClientBase,
  client: Meilisearch,
  index: Index,
): Promise<void> {
  const { uid, kind, locale } = index;
  const wanted = settingsOf({ kind, locale, tuning: await tuningOf(db, index) });
  const changed = changedSettings(wanted, await client.index(uid).getSettings());
  if (changed) await done(client, await client.index(uid).updateSettings(changed));
}

async function tuningOf(db: ClientBase, { kind, locale, tenantId }: Index): Promise<Tuning> {
  const what = kind === "product" ? "products" : "content";
  const { rows } = await db.query<Tuning>(
    `select synonyms, stop_words as "stopWords", ranking from search_settings
     where tenant_id = $1 and kind = $2 and locale = $3`,
    [tenantId, what, locale],
  );
  return rows[0] ?? defaultTunings[what];
}
