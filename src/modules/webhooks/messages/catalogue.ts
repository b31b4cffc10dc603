import { z } from "zod";
import type { AnyEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";
import { exampleOf } from "./example.ts";
import { apiVersions, latestVersion } from "./versions.ts";

type JsonSchema = Record<string, unknown>;

/** An event that others may be told of: what its message looks like. */
export interface PublishedEvent {
  type: string;
  /** Of its ids. */
  version: number;
  /** JSON Schema of the whole message. */
  schema: JsonSchema;
  example: unknown;
}

/** All that the modules declare, but for what only has work done in the background; by type. */
export const catalogueOf = (events: AnyEvent[]): PublishedEvent[] =>
  events
    .filter(({ internal }) => !internal)
    .map((event) => {
      const schema = schemaOf(event);
      return { type: event.type, version: event.version, schema, example: exampleOf(schema) };
    })
    .toSorted((one, other) => (one.type < other.type ? -1 : 1));

const document = {
  type: "object",
  required: ["id", "locale", "revision"],
  properties: {
    id: { type: "string", format: "uuid" },
    locale: { type: "string", description: "That its texts are in." },
    revision: { type: "integer", minimum: 1 },
  },
};

const snapshot: JsonSchema = {
  description:
    "What is public of it when the message is sent, from no earlier state than the event. Null for what has no document.",
  anyOf: [
    {
      type: "object",
      required: ["kind", "id", "revision", "sharedRevision", "documents"],
      properties: {
        kind: { enum: ["product", "node", "category"] },
        id: { type: "string", format: "uuid" },
        revision: { type: "integer", minimum: 1 },
        sharedRevision: {
          type: "integer",
          minimum: 0,
          description:
            "Of what documents share, such as names of tags. Of two snapshots the one with the greater pair is the later.",
        },
        documents: {
          description: "By locale; null while it is not public.",
          anyOf: [{ type: "object", additionalProperties: document }, { type: "null" }],
        },
      },
    },
    { type: "null" },
  ],
};

function schemaOf({ type, payload }: AnyEvent): JsonSchema {
  const data = z.toJSONSchema(payload as z.ZodType, {
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      if ((zodSchema as unknown) === Id) Object.assign(jsonSchema, { format: "uuid" });
    },
  }) as JsonSchema & { properties?: JsonSchema; required?: string[] };
  const { $schema, properties, required = [], ...rest } = data;
  return {
    $schema,
    title: type,
    type: "object",
    required: ["type", "timestamp", "apiVersion", "tenantId", "data"],
    properties: {
      type: { const: type },
      timestamp: { type: "string", format: "date-time", description: "When it happened." },
      apiVersion: { enum: [...apiVersions].toReversed(), default: latestVersion },
      tenantId: { type: "string", format: "uuid" },
      data: {
        ...rest,
        properties: { ...properties, snapshot },
        required: [...required, "snapshot"],
        additionalProperties: true,
      },
    },
  };
}
