import type { Failure } from "../records.ts";

/** What became of the records of a source. */
export interface Report {
  created: number;
  updated: number;
  /** As they were at the last import, or there before it: the shop's own category of that handle. */
  unchanged: number;
  failed: Failure[];
}

/** Of the products and nodes, `total` being all that the source has. */
export interface Progress {
  done: number;
  total: number;
}

export interface ImportOptions {
  /** Called after each batch that has been committed. */
  onProgress?: (progress: Progress) => void;
}
