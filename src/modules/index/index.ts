export * from "./documents.ts";
export { engineShows } from "./engine-shows.ts";
export { followLocales } from "./follow-locales.ts";
export type { OnProgress, Progress } from "./known-ids.ts";
export {
  projectionsEnded,
  refreshCategories,
  refreshContent,
  refreshProducts,
} from "./projection.ts";
export { published, type Published } from "./published.ts";
export { rollBack } from "./generations.ts";
export { rebuild, refreshAll, type RebuildOptions, RebuildUnderWay } from "./rebuild.ts";
export { reproject } from "./reproject.ts";
export { repair } from "./repair.ts";
export {
  removeRetired,
  retire,
  retireAll,
  type Retired,
  tenantsWithOldGenerations,
} from "./retire.ts";
export { engineHasCaughtUp, searchChannel } from "./search-documents.ts";
export { trace, type Trace } from "./trace.queries.ts";
export { TraceView } from "./trace.view.ts";
export { stepsOf, type TracedStep } from "./trace.steps.ts";
export { verify, verifyPage, withoutLag, type Difference } from "./verify.ts";
