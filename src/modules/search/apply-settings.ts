import type { SearchKind } from "#entities/search/search-settings";
import type { RequestContext } from "#kernel/context";

/** Makes the engine work by what is set. PostgreSQL is told with each search: there is nothing to do. */
export function applySettings(_: RequestContext, kind: SearchKind): Promise<{ kind: SearchKind }> {
  return Promise.resolve({ kind });
}
