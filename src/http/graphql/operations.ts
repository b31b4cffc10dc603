import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  getOperationAST,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  type Source,
  specifiedRules,
  validate,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { limits, maxTokens, refuseRepetition } from "./limits.ts";

/** How many distinct documents are remembered, and how many characters of them in all. */
const remembered = { max: 1_000, maxSize: 4_000_000 };

/**
 * GraphQL's three steps, each taken once for a document: a storefront sends the same few all day.
 * What hangs on a document goes when the document is forgotten. Without introspection, nobody learns of a
 * name that they do not know already, be it from a suggestion in an error.
 */
export function rememberedOperations(schema: GraphQLSchema, introspection: boolean) {
  const rules = [
    ...specifiedRules,
    ...limits,
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
  const hideSuggestions = !introspection;
  const documents = new LRUCache<string, DocumentNode>({
    ...remembered,
    sizeCalculation: (_, text) => text.length + 1,
  });
  const verdicts = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const compiled = new WeakMap<DocumentNode, Map<string, CompiledQuery>>();

  /** Compiled at its first use; an operation that cannot be compiled answers with the reason. */
  function compiledOperation(document: DocumentNode, name: string) {
    const byName = compiled.get(document) ?? new Map<string, CompiledQuery>();
    compiled.set(document, byName);
    const known = byName.get(name);
    if (known) return known;
    const operation = compileQuery(schema, document, name || undefined);
    if (isCompiledQuery(operation)) byName.set(name, operation);
    return operation;
  }

  return {
    parse(source: string | Source): DocumentNode {
      const text = typeof source === "string" ? source : source.body;
      const known = documents.get(text);
      if (known) return known;
      const document = parse(text, { maxTokens });
      documents.set(text, document);
      return document;
    },

    validate(_: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
      const known = verdicts.get(document);
      if (known) return known;
      const repetition = refuseRepetition(document);
      const verdict = repetition
        ? [repetition]
        : validate(schema, document, rules, { hideSuggestions });
      verdicts.set(document, verdict);
      return verdict;
    },

    /** Queries are the hot path and run compiled; mutations run by the reference implementation. */
    execute(args: ExecutionArgs) {
      const { document, operationName, rootValue, contextValue, variableValues } = args;
      const { operation: type } = getOperationAST(document, operationName) ?? {};
      if (type !== OperationTypeNode.QUERY) return execute({ ...args, hideSuggestions });
      const operation = compiledOperation(document, operationName ?? "");
      return isCompiledQuery(operation)
        ? operation.query(rootValue, contextValue, variableValues ?? {})
        : operation;
    },
  };
}
