import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import "#processes/job-metrics";
import { server } from "#test/server";

const client = await server();
const alertsFile = "ops/prometheus/alerts.yml";
const { groups } = parse(readFileSync(alertsFile, "utf8")) as {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
};
const alerts = groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(readFileSync("ops/grafana/rustok.json", "utf8")) as {
  panels: { title: string; targets: { expr: string }[] }[];
};
const expressions = [
  ...alerts.map(({ expr }) => expr),
  ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
];

/** Prometheus' own: whether it reached a target. */
const itsOwn = new Set(["up"]);
const named = (expression: string) =>
  [...expression.matchAll(/\b(rustok|nodejs|process)_\w+|\bup\b/g)].map(([name]) => name);

test("every metric that dashboard and alerts name is shown, with the labels they tell it apart by", async () => {
  const text = await (await client.fetch("/metrics")).text();
  const shown = new Map<string, string>();
  for (const [, name = "", type = ""] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    shown.set(name, type);
  }
  const isShown = (name: string) =>
    shown.has(name) || shown.get(name.replace(/_(bucket|count|sum)$/, "")) === "histogram";
  const names = new Set(expressions.flatMap(named));
  expect(names.size).toBeGreaterThan(20);
  expect([...names].filter((name) => !itsOwn.has(name) && !isShown(name))).toEqual([]);
});

test("what only grows is asked how fast, and what goes up and down how high", async () => {
  const text = await (await client.fetch("/metrics")).text();
  const counters = [...text.matchAll(/^# TYPE (rustok_\S+) counter$/gm)].map(([, name]) => name);
  const wrong = expressions.flatMap((expression) =>
    named(expression)
      .filter((name) => name.startsWith("rustok_"))
      .filter((name) => {
        const rated = new RegExp(`(rate|increase)\\(${name}`).test(expression);
        return rated !== (counters.includes(name) || /_(bucket|count|sum)$/.test(name));
      })
      .map((name) => `${name} in ${expression}`),
  );
  expect(wrong).toEqual([]);
});

test("every alert says what to do, once", () => {
  for (const { alert, annotations } of alerts) {
    expect(annotations["summary"], alert).toBeTruthy();
    expect(annotations["remedy"], alert).toBeTruthy();
  }
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
});

const promtool = process.env["PROMTOOL_BIN"] || "promtool";
const there = runs(["--version"]);
if (!there) process.stderr.write("skipped: no promtool\n");

test.skipIf(!there)("Prometheus takes the rules", () => {
  expect(runs(["check", "rules", alertsFile])).toBe(true);
});

function runs(words: string[]): boolean {
  try {
    execFileSync(promtool, words, { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}
