/** As far as our own schemas go. */
interface Schema {
  type?: string;
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  minimum?: number;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
}

const id = "019ab0c4-7d5e-7a31-9c53-2f1d8e6b4a70";
const moment = "2026-11-23T08:30:00.000Z";

/** Something that the schema is true of: the first of what it may be. */
export function exampleOf(given: object): unknown {
  const schema = given as Schema;
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0]);
  if (schema.type === "object") return exampleOfObject(schema);
  if (schema.type === "array") return schema.items ? [exampleOf(schema.items)] : [];
  if (schema.type === "integer" || schema.type === "number")
    return Math.max(1, schema.minimum ?? 1);
  if (schema.type === "boolean") return true;
  if (schema.format === "uuid") return id;
  return schema.format === "date-time" ? moment : "example";
}

function exampleOfObject({ properties, additionalProperties }: Schema): unknown {
  if (!properties && typeof additionalProperties === "object") {
    return { en: exampleOf(additionalProperties) };
  }
  const entries = Object.entries(properties ?? {});
  return Object.fromEntries(
    entries.map(([name, schema]) => [name, name === "locale" ? "en" : exampleOf(schema)]),
  );
}
