import { readFile } from "node:fs/promises";
import {
  getNamedType,
  isInputObjectType,
  isNonNullType,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { expect, test } from "vitest";
import type { AccessExtension } from "#kernel/access/access";
import { describeAccess } from "#kernel/access/description";
import { describeSchema } from "#kernel/database/schema-description";
import { operations } from "#kernel/graphql/schema";
import { installation, registry, theSchema } from "#test/installation";

const schema = await theSchema();
const { db } = await installation();

const remedy = "out of date: run `npm run rustok schema:dump` and look at the difference";

test("schema.graphql is what the code serves", async () => {
  const kept = await readFile("schema.graphql", "utf8");
  expect(kept === `${printSchema(lexicographicSortSchema(schema))}\n`, remedy).toBe(true);
});

test("schema.sql is what the migrations make", async () => {
  const kept = await readFile("schema.sql", "utf8");
  expect(kept === (await describeSchema(db.pool)), remedy).toBe(true);
});

test("access.txt is who may do what", async () => {
  const kept = await readFile("access.txt", "utf8");
  expect(kept === describeAccess(registry, schema), remedy).toBe(true);
});

test("every field of Query and Mutation declares who may call it", () => {
  const fields = operations(schema);
  expect(fields.length).toBeGreaterThan(20);
  for (const field of fields) {
    const { access } = field.extensions as Partial<AccessExtension>;
    expect(access, field.name).toBeDefined();
    if (typeof access === "object") expect(registry.permissions).toContain(access.permission);
  }
});

test("no mutation is open to everybody, but those by which readers write", () => {
  const open = Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter(({ extensions }) => extensions["access"] === "public")
    .map(({ name }) => name);
  expect(open).toEqual(["submitComment"]);
});

// The compiler of queries takes a default for granted in arguments only: it would refuse such a field left out.
test("no input field is both required and given a default", () => {
  const offenders = Object.values(schema.getTypeMap())
    .filter((type) => isInputObjectType(getNamedType(type)))
    .flatMap((type) =>
      isInputObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => isNonNullType(field.type) && field.defaultValue !== undefined)
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
  expect(offenders).toEqual([]);
});

test("every tenant-owned table has row-level security, enabled and forced, and belongs to nobody who serves", async () => {
  const { owner } = await installation();
  const { rows } = await owner.query<{ name: string; closed: boolean; owner: string }>(`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as closed, pg_get_userbyid(c.relowner) as owner
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`);
  expect(rows.length).toBeGreaterThan(20);
  for (const { name, closed, owner: role } of rows) {
    expect(closed, name).toBe(true);
    expect(["rustok_app", "rustok_relay", "rustok_reader"], name).not.toContain(role);
  }
});
