import { counter, type InstallationGauge } from "#kernel/observability/metrics";
import type { Outcome } from "../outbound/send.ts";

const attempts = counter(
  "webhook_attempts",
  "Requests to webhook endpoints that this process has sent, by how they ended.",
  ["outcome"],
);

export function countAttempt({ status, problem }: Outcome): void {
  attempts.inc({ outcome: problem === null ? "delivered" : status ? "refused" : "unanswered" });
}

const hourMs = 3_600_000;

/** What the whole installation's workers have done lately, for a web server to show. */
export const webhookGauges: InstallationGauge[] = [
  {
    name: "webhook_attempts_last_hour",
    help: "Requests to webhook endpoints within the last hour, of all tenants, by how they ended.",
    label: "outcome",
    async read({ pool }) {
      const { rows } = await pool.query<{ of: string; value: number }>(
        `select outcome as of, attempts::float8 as value from webhook_outcomes($1)`,
        [new Date(Date.now() - hourMs)],
      );
      return rows;
    },
  },
  {
    name: "webhook_deliveries_waiting",
    help: "Deliveries of all tenants that wait for their first attempt, or for another one.",
    label: "for",
    async read({ pool }) {
      const { rows } = await pool.query<{ of: string; value: number }>(
        "select state as of, deliveries::float8 as value from webhooks_waiting()",
      );
      return rows;
    },
  },
];
