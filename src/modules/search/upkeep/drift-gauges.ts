import type { Database } from "#kernel/database/database";
import type { InstallationGauge } from "#kernel/observability/metrics";

interface Drift {
  kind: string;
  rounds: string;
  found: string;
  refused: string;
}

const drift = (
  name: string,
  help: string,
  of: Exclude<keyof Drift, "kind">,
): InstallationGauge => ({
  name,
  help,
  label: "kind",
  async read({ pool }: Database) {
    const { rows } = await pool.query<Drift>("select * from drift_by_kind()");
    return rows.map((row) => ({ of: row.kind, value: Number(row[of]) }));
  },
});

export const driftGauges = [
  drift("drift_repaired", "Differences that the patrol has found and repaired.", "found"),
  drift("patrol_rounds", "How often the patrol has been through a tenant's documents.", "rounds"),
  drift(
    "documents_refused",
    "Documents that the search engine cannot have as they are.",
    "refused",
  ),
];
