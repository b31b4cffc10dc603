import { beforeEach, expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { TenantLoad } from "#kernel/jobs/tenant-load";

const [busy, quiet] = [newId(), newId()];

let now = 0;
let load: TenantLoad;
beforeEach(() => {
  load = new TenantLoad(() => now);
});

test("up to a burst a tenant's work goes first; each doubling after that puts it later", () => {
  expect([100, 1, 99, 200, 400].map((work) => load.add(busy, work))).toEqual([0, 1, 2, 3, 4]);
});

test("another tenant's load is nothing to a quiet one", () => {
  for (let n = 0; n < 100; n++) load.add(busy, 500);
  expect(load.add(busy, 1)).toBeGreaterThan(8);
  expect(load.add(quiet, 1)).toBe(0);
});

test("what leaks away with time is forgiven", () => {
  load.add(busy, 1_000);
  expect(load.add(busy, 1)).toBe(4);
  now += 8_000;
  expect(load.add(busy, 1)).toBe(2);
  now += 2_000;
  expect(load.add(busy, 1)).toBe(0);
});

test("tenants without load are forgotten, those with load are not", () => {
  load.add(busy, 1_000_000);
  now += 1_000;
  for (let n = 0; n < 10_000; n++) load.add(`tenant ${n}`, 1);
  now += 1_000;
  load.add(quiet, 1);
  expect(load["buckets"].size).toBe(2);
  expect(load.add(busy, 1)).toBeGreaterThan(10);
});
