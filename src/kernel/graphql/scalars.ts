import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { parseId } from "#kernel/ids";

const parse = (value: unknown): string => {
  const id = typeof value === "string" ? parseId(value) : undefined;
  if (!id)
    throw new GraphQLError("An id is a UUID or a ULID.", {
      extensions: { code: "BAD_USER_INPUT" },
    });
  return id;
};

/** An id in either spelling; answers always spell it as a UUID. */
export const GraphQLId = new GraphQLScalarType<string, string>({
  name: "Id",
  description: "A ULID, written as a UUID or in its own 26 letters; answers write it as a UUID.",
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  serialize: (value) => String(value),
});
