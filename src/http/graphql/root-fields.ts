import { type DocumentNode, getOperationAST, Kind, type SelectionSetNode } from "graphql";

const known = new WeakMap<DocumentNode, Map<string, ReadonlyMap<string, string>>>();

/**
 * What an operation asks of Query or Mutation: the name of each field by the key it is answered under.
 * Documents are remembered, so this is looked at once for each.
 */
export function rootFields(
  document: DocumentNode,
  operationName: string | null | undefined,
): ReadonlyMap<string, string> {
  const byName = known.get(document) ?? new Map<string, ReadonlyMap<string, string>>();
  known.set(document, byName);
  const name = operationName ?? "";
  const found = byName.get(name) ?? fieldsOf(document, operationName);
  byName.set(name, found);
  return found;
}

function fieldsOf(document: DocumentNode, operationName: string | null | undefined) {
  const fields = new Map<string, string>();
  const collect = (selections: SelectionSetNode | undefined): void => {
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        fields.set(selection.alias?.value ?? selection.name.value, selection.name.value);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet);
      } else {
        const spread = document.definitions.find(
          (definition) =>
            definition.kind === Kind.FRAGMENT_DEFINITION &&
            definition.name.value === selection.name.value,
        );
        if (spread?.kind === Kind.FRAGMENT_DEFINITION) collect(spread.selectionSet);
      }
    }
  };
  collect(getOperationAST(document, operationName)?.selectionSet);
  return fields;
}
