import type { GraphQLResolveInfo, SelectionSetNode } from "graphql";

/** What a resolver is told of what is asked for below it. */
export type Selecting = Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">;

/**
 * Whether a query wants the field at the path below the one being resolved, fragments included.
 * What `@include` or `@skip` leave out may count as wanted.
 */
export function wants(info: Selecting, ...path: string[]): boolean {
  return info.fieldNodes.some(({ selectionSet }) => within(selectionSet, path, info));
}

function within(
  selections: SelectionSetNode | undefined,
  [next, ...rest]: string[],
  info: Selecting,
): boolean {
  if (!next) return true;
  return (selections?.selections ?? []).some((selection) => {
    if (selection.kind === "Field") {
      return selection.name.value === next && within(selection.selectionSet, rest, info);
    }
    const fragment =
      selection.kind === "FragmentSpread" ? info.fragments[selection.name.value] : selection;
    return within(fragment?.selectionSet, [next, ...rest], info);
  });
}
