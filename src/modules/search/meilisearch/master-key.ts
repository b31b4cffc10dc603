import { type Meilisearch, MeilisearchApiError } from "meilisearch";

/** The key that the application was given may do what only the operator should. */
export class MasterKeyRefused extends Error {
  override name = "MasterKeyRefused";
  constructor() {
    super(
      "MEILISEARCH_API_KEY may read all keys of Meilisearch: it is the master key or an admin's. Make one for this server alone, as docs/search.md shows.",
    );
  }
}

/**
 * Asks Meilisearch whether a client's key may list keys. Throws {@link MasterKeyRefused} if so.
 * Answers whether Meilisearch was there to be asked.
 */
export async function refuseMasterKey(client: Meilisearch): Promise<boolean> {
  try {
    await client.getKeys({ limit: 1 });
  } catch (error) {
    return error instanceof MeilisearchApiError;
  }
  throw new MasterKeyRefused();
}
