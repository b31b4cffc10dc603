import { type Selecting, wants } from "#kernel/graphql/selection";

/** Which highlights of its hits, found at the path, a search asks for. */
export const highlightsIn = (info: Selecting, ...path: string[]) =>
  (["title", "description"] as const).filter((field) => wants(info, ...path, "highlights", field));
