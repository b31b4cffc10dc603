import { Counter, Registry } from "prom-client";
import type { Database } from "#kernel/database/database";

/** What this process measures of itself; /metrics shows it. */
export const metrics = new Registry();

/** Something this process counts, shown as `rustok_<name>_total`. Labels must be few and never a visitor's words. */
export function counter<Label extends string = never>(
  name: string,
  help: string,
  labelNames: Label[] = [],
): Counter<Label> {
  return new Counter({ name: `rustok_${name}_total`, help, labelNames, registers: [metrics] });
}

/** Something of the whole installation, read from the database at each scrape; shown as `rustok_<name>`. */
export interface InstallationGauge {
  name: string;
  help: string;
  /** By what its values are told apart. */
  label: string;
  read(db: Database): Promise<{ of: string; value: number }[]>;
}
