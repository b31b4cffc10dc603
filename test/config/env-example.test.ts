import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { environment, loadConfig } from "#config";

const lines = readFileSync(".env.example", "utf8").split("\n");
const assignments = lines.flatMap((line) => {
  const [, name, value] = /^# ([A-Z][A-Z_0-9]*)=(\S*)/.exec(line) ?? [];
  return name === undefined ? [] : [{ name, value: value ?? "" }];
});

test("every variable is in .env.example, and none besides", () => {
  const named = assignments.map(({ name }) => name);
  expect(named.toSorted()).toEqual(Object.keys(environment.shape).toSorted());
});

test("what it shows to hold without a variable does", () => {
  const RUSTOK_HOME = mkdtempSync(join(inject("runFolder"), "config-"));
  const silent = loadConfig({ RUSTOK_HOME });
  const shown = assignments.filter(({ name, value }) => value !== "" && name !== "RUSTOK_HOME");
  expect(shown.length).toBeGreaterThan(10);
  const said = Object.fromEntries(shown.map(({ name, value }) => [name, value]));
  expect(loadConfig({ RUSTOK_HOME, ...said })).toEqual(silent);
});
