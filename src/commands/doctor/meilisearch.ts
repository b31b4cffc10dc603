import { Meilisearch, MeilisearchApiError } from "meilisearch";
import type { MeilisearchConfig } from "#config";
import { type Check, fault, ok } from "./checkup.ts";

/** Of version 1. */
const oldestMinor = 50;
const keyRemedy =
  "Make the key of docs/search.md for the indexes of MEILISEARCH_INDEX_PREFIX, and set MEILISEARCH_API_KEY to it.";

export const meilisearch: Check = {
  name: "search",
  remedy: "Make MEILISEARCH_HOST reach a Meilisearch; until then PostgreSQL searches.",
  async look({ config }) {
    if (!config.meilisearch) return [ok("PostgreSQL searches")];
    const { host, apiKey } = config.meilisearch;
    const client = new Meilisearch({ host, timeout: 5_000, ...(apiKey && { apiKey }) });
    await client.health();
    if (await may(() => client.getKeys({ limit: 1 }))) {
      const open = apiKey === undefined;
      return [
        fault(
          open
            ? "Meilisearch has no master key: whoever reaches it may do everything"
            : "MEILISEARCH_API_KEY may read all keys: it is the master key or an admin's",
          open ? "Start it with a --master-key, and make the keys of docs/search.md." : keyRemedy,
        ),
      ];
    }
    return [await version(client, host), ...(await rights(client, config.meilisearch))];
  },
};

async function version(client: Meilisearch, host: string) {
  const found = await client.getVersion().catch(refusal);
  // A key for some indexes alone cannot have the right to ask.
  if (!found)
    return ok(
      `Meilisearch at ${host}; with the master key /version has its version (1.50 or later)`,
    );
  const [major = 0, minor = 0] = found.pkgVersion.split(".").map(Number);
  return major > 1 || (major === 1 && minor >= oldestMinor)
    ? ok(`Meilisearch ${found.pkgVersion} at ${host}`)
    : fault(
        `Meilisearch ${found.pkgVersion} at ${host} is too old`,
        "Upgrade it to 1.50 or later.",
      );
}

/** What can be asked for without changing anything. An index that is not there will do: who may ask is told so. */
async function rights(client: Meilisearch, { indexPrefix }: MeilisearchConfig) {
  const index = client.index(`${indexPrefix}_doctor`);
  const asked: Record<string, () => Promise<unknown>> = {
    "indexes.get": () => index.getRawInfo(),
    "documents.get": () => index.getDocuments({ limit: 1 }),
    "settings.get": () => index.getSettings(),
    "stats.get": () => index.getStats(),
    "tasks.get": () => client.tasks.getTasks({ limit: 1 }),
    search: () => index.search("", { limit: 1 }),
  };
  const missing: string[] = [];
  for (const [right, ask] of Object.entries(asked)) if (!(await may(ask))) missing.push(right);
  return [
    missing.length === 0
      ? ok(`the key may read and search the indexes of ${indexPrefix}_`)
      : fault(`the key may not: ${missing.join(", ")}`, keyRemedy),
  ];
}

/** Whether the key lets it be asked; what is not there was asked for. */
async function may(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error instanceof MeilisearchApiError && error.cause?.code === "index_not_found")
      return true;
    return refusal(error);
  }
}

/** False for "you may not"; anything else is thrown on. */
function refusal(error: unknown): false {
  const status = error instanceof MeilisearchApiError ? error.response.status : undefined;
  if (status === 401 || status === 403) return false;
  throw error;
}
