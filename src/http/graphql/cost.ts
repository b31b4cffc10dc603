import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  GraphQLError,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type GraphQLNamedType,
  type SelectionSetNode,
  typeFromAST,
  type ValidationRule,
} from "graphql";

/** The most that a page of a list may hold, and so what a variable stands for. */
const longestPage = 100;

/**
 * Refuses an operation that may answer with more fields than this. A list by pages counts as many times as
 * it says, or as its default; where a variable says it, as many as there can be, since a verdict on a
 * document holds for all variables it is ever sent with.
 */
export function costLimit(maxCost: number): ValidationRule {
  return (context) => {
    const costOf = counter(context.getSchema(), (name) => context.getFragment(name));
    return {
      OperationDefinition(operation) {
        const root = context.getSchema().getRootType(operation.operation);
        const cost = costOf(operation.selectionSet, root);
        if (cost <= maxCost) return;
        const message = `The operation may answer with ${cost} fields, past ${maxCost}.`;
        context.reportError(new GraphQLError(message, { nodes: operation }));
      },
    };
  };
}

type CostOf = (selections: SelectionSetNode, type: GraphQLNamedType | null | undefined) => number;

/** What a selection costs. What is unknown or goes in circles costs nothing: other rules refuse it. */
function counter(
  schema: GraphQLSchema,
  fragment: (name: string) => FragmentDefinitionNode | null | undefined,
): CostOf {
  const ofFragments = new Map<string, number>();

  const costOfFragment = (name: string): number => {
    const known = ofFragments.get(name);
    if (known !== undefined) return known;
    ofFragments.set(name, 0);
    const found = fragment(name);
    const cost = found ? costOf(found.selectionSet, typeFromAST(schema, found.typeCondition)) : 0;
    ofFragments.set(name, cost);
    return cost;
  };

  const costOfField = (field: FieldNode, type: GraphQLNamedType | null | undefined): number => {
    if (!isObjectType(type) && !isInterfaceType(type)) return 0;
    const definition = type.getFields()[field.name.value];
    if (!definition) return 0;
    const inner = getNamedType(definition.type);
    const below =
      field.selectionSet && isCompositeType(inner) ? costOf(field.selectionSet, inner) : 0;
    return 1 + below * pageOf(field, definition);
  };

  const costOf: CostOf = ({ selections }, type) =>
    selections.reduce((cost, selection) => {
      if (selection.kind === Kind.FIELD) return cost + costOfField(selection, type);
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        return cost + costOfFragment(selection.name.value);
      const { typeCondition, selectionSet } = selection;
      return cost + costOf(selectionSet, typeCondition ? typeFromAST(schema, typeCondition) : type);
    }, 0);
  return costOf;
}

/** How many of what is selected a field may answer with, as far as it says so by `first`. */
function pageOf(
  { arguments: given = [] }: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
): number {
  const declared = args.find(({ name }) => name === "first");
  if (!declared) return 1;
  const first = given.find(({ name }) => name.value === "first")?.value;
  if (!first) return Number(declared.defaultValue ?? 1);
  return first.kind === Kind.INT ? Math.max(1, Number(first.value)) : longestPage;
}
