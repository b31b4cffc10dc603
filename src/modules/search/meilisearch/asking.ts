import type { Meilisearch } from "meilisearch";
import type { Tenant } from "#kernel/context";
import type { IndexKind } from "./indexes.ts";
import type { LabelsOf } from "./labels.ts";

/** Where a tenant's documents of one kind and locale lie. */
export interface Shelf {
  uid: string;
  /** The tenant's live documents, as scopeOf spells it. */
  scope: string;
  generation: number;
}

/** What the parts of the engine are given. */
export interface Asking {
  client: Meilisearch;
  labelsOf: LabelsOf;
  shelfOf(tenant: Tenant, kind: IndexKind, locale: string): Promise<Shelf>;
  /** For one request. */
  signal(): AbortSignal;
}
