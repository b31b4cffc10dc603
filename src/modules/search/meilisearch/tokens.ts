import { generateTenantToken } from "meilisearch/token";
import type { RequestContext } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { DomainError } from "#kernel/errors";
import type { PlaceOf } from "../place.ts";
import { type IndexKind, indexUid, scopeOf } from "./indexes.ts";
import { scopeFilter } from "./scope.ts";

/** What tokens of browsers are made from. */
export interface TokenOptions {
  /** Where browsers reach Meilisearch. */
  host: string;
  /** What the names of indexes begin with. */
  prefix: string;
  /** A key that may search these indexes, and nothing else. */
  searchKey: { key: string; uid: string };
  placeOf: PlaceOf;
}

/** With what a storefront asks Meilisearch itself, for one tenant's documents in one locale. */
export interface SearchToken {
  token: string;
  host: string;
  indexes: { products: string; content: string };
  expiresAt: Date;
}

const offered = new WeakMap<Database, TokenOptions>();

/** Offers tokens to the storefronts of a database's tenants from now on. */
export function configureSearchTokens(db: Database, options: TokenOptions): void {
  offered.set(db, options);
}

const lifetimeMs = 60 * 60 * 1_000;

/**
 * A token good for an hour, which is as long as what a rebuild has replaced is still there at least.
 * Throws NOT_CONFIGURED where the operator offers none.
 */
export async function searchToken(
  { db, tenant }: RequestContext,
  locale: string,
): Promise<SearchToken> {
  const options = offered.get(db);
  if (!options) throw new NoSearchTokens();
  const { host, prefix, searchKey, placeOf } = options;
  const ruleOf = async (kind: IndexKind) => {
    const { generation, own } = await placeOf(tenant, kind, locale);
    const uid = indexUid(prefix, kind, locale, own ? tenant.id : null);
    return { uid, filter: scopeFilter(scopeOf(tenant.id, generation)) };
  };
  const [products, content] = await Promise.all([ruleOf("product"), ruleOf("node")]);
  const expiresAt = new Date(Math.floor((Date.now() + lifetimeMs) / 1_000) * 1_000);
  const token = await generateTenantToken({
    apiKey: searchKey.key,
    apiKeyUid: searchKey.uid,
    searchRules: {
      [products.uid]: { filter: products.filter },
      [content.uid]: { filter: content.filter },
    },
    expiresAt,
  });
  return { token, host, indexes: { products: products.uid, content: content.uid }, expiresAt };
}

export class NoSearchTokens extends DomainError {
  constructor() {
    super({
      code: "NOT_CONFIGURED",
      status: 501,
      message:
        "This installation gives no search tokens: the operator has configured no search key.",
    });
  }
}
