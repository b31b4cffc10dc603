import { beforeAll, expect, test, vi } from "vitest";
import { newId } from "#kernel/ids";
import type { Tenant } from "#kernel/context";
import { tenantOf } from "#http/tenant-of-request";
import { installation } from "#test/installation";
import { server, theTenants } from "#test/server";

const { aTenant, db } = await installation();
const client = await server();
const host = `${newId()}.example`;

let tenant: Tenant;
beforeAll(async () => {
  tenant = await aTenant({ domains: [host] });
});

const find = async (
  headers: Record<string, string>,
  asked = "nobody.example",
  baseDomain?: string,
) => (await tenantOf({ tenants: await theTenants(), baseDomain }, headers, asked)).id;

test("a tenant is named by id, by slug or by one of its hosts, the first that is given", async () => {
  const { id, slug } = tenant;
  expect(await find({ "x-tenant-id": id })).toBe(id);
  expect(await find({ "x-tenant-slug": slug })).toBe(id);
  expect(await find({}, `${host.toUpperCase()}:8443`)).toBe(id);
  await expect(find({ "x-tenant-slug": "other" }, host)).rejects.toThrow(
    "There is no tenant other.",
  );
  await expect(find({ "x-tenant-id": "no id" }, host)).rejects.toThrow("must be a ULID or a UUID");
});

test("what lies below the base domain is a slug and nothing else", async () => {
  const base = "shops.example";
  const squatter = await aTenant({ domains: [`${tenant.slug}.${base}`] });
  expect(await find({}, `${tenant.slug}.${base}`, base)).toBe(tenant.id);
  expect(await find({}, `${tenant.slug}.${base}`)).toBe(squatter.id);
  expect(await find({}, host, base)).toBe(tenant.id);
  await expect(find({}, `a.${tenant.slug}.${base}`, base)).rejects.toThrow("There is no tenant");
});

test("what can be nobody's name is not looked up", async () => {
  const asked = vi.spyOn(db.pool, "query");
  const wrong = [
    "",
    "-",
    "a_b.example",
    "[::1]:3000",
    "a".repeat(300),
    `${"a".repeat(64)}.example`,
  ];
  for (const header of wrong) await expect(find({}, header)).rejects.toThrow("There is no tenant");
  for (const slug of ["", "API", "api", "www", "a--b", "x".repeat(64), "'; drop"]) {
    await expect(find({ "x-tenant-slug": slug })).rejects.toThrow("There is no tenant");
  }
  expect(asked).not.toHaveBeenCalled();
  asked.mockRestore();
});

test("/metrics shows how tenants are found", async () => {
  const scrape = async () => (await client.fetch("/metrics")).text();
  const valueOf = (text: string, name: string) =>
    Number(new RegExp(`^${name.replaceAll(/[{}]/g, "\\$&")} (\\d+)$`, "m").exec(text)?.[1]);
  const before = await scrape();
  await client.graphql({ ...tenant, id: newId() }, "{ __typename }");
  const nobody = { ...tenant, id: newId() };
  for (let n = 0; n < 3; n++) await client.graphql(nobody, "{ __typename }");
  for (let n = 0; n < 2; n++) await client.graphql(tenant, "{ __typename }");
  const after = await scrape();
  const grown = (name: string) => valueOf(after, name) - valueOf(before, name);
  expect(grown("rustok_tenant_cache_negative_hits_total")).toBe(2);
  expect(grown("rustok_tenant_cache_hits_total")).toBeGreaterThanOrEqual(1);
  expect(grown("rustok_tenant_cache_misses_total")).toBeLessThanOrEqual(3);
  expect(grown("rustok_tenant_lookups_total")).toBe(grown("rustok_tenant_cache_misses_total"));
  expect(after).toContain('rustok_tenant_changes_heard{channel="PostgreSQL"} 1');
  expect(valueOf(after, 'rustok_tenant_cache_entries{kind="none"}')).toBeGreaterThanOrEqual(2);
});
