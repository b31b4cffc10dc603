/** One line of what was measured. */
export interface Result {
  what: string;
  measured: string;
  /** What it is held against in the same run; empty where there is nothing. */
  yardstick: string;
  toReach: string;
  /** How far it got: the ratio, or the figure that the target speaks of. */
  reached: string;
}

/** What is to be measured, and how it is to come out. */
export type Aim = Pick<Result, "what" | "toReach">;

/** For what cannot be measured here. */
export const skipped = (aim: Aim): Result => ({
  ...aim,
  measured: "skipped: no Meilisearch",
  yardstick: "",
  reached: "",
});

const heads: Result = {
  what: "what",
  measured: "measured",
  yardstick: "yardstick",
  toReach: "to reach",
  reached: "reached",
};

/** The results as a Markdown table whose columns line up in a terminal too. */
export function table(results: Result[]): string {
  const keys = Object.keys(heads) as (keyof Result)[];
  const rows = [heads, ...results];
  const widths = keys.map((key) => Math.max(...rows.map((row) => row[key].length)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [
    line(keys.map((key) => heads[key])),
    line(widths.map((width) => "-".repeat(width))),
    ...results.map((row) => line(keys.map((key) => row[key]))),
  ].join("\n");
}
