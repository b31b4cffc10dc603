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
