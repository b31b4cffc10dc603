import type { Command } from "commander";
import { type Config, ConfigError, loadConfig } from "#config";
import { databaseServer } from "#processes/database-server";
import { examine, type Finding } from "./doctor/checkup.ts";
import { checks } from "./doctor/checks.ts";
import { patientOf } from "./doctor/patient.ts";

export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "Look at everything that RusTok works with, and say what to do about what is wrong; exits with 1 then. It changes nothing.",
    )
    .option("--json", "for programs: { status, findings: [{ check, status, what, remedy }] }")
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await diagnose(process.env);
      process.stdout.write(json ? asJson(findings) : told(findings));
      if (statusOf(findings) === "fault") process.exitCode = 1;
    });
}

/** The findings, worst environment included: without a sound configuration there is nothing else to look at. */
export async function diagnose(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  let config: Config;
  try {
    config = loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map((what) => ({
      check: "environment",
      status: "fault",
      what,
      remedy: "Set it as .env.example shows.",
    }));
  }
  try {
    const server = await databaseServer(config);
    try {
      return await examine(patientOf(config, server.url), checks);
    } finally {
      await server.stop();
    }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return [
      { check: "database", status: "fault", what, remedy: "Do what it says, and try again." },
    ];
  }
}

const worst = ["ok", "warning", "fault"] as const;

function statusOf(findings: Finding[]): Finding["status"] {
  return worst[Math.max(0, ...findings.map(({ status }) => worst.indexOf(status)))] ?? "ok";
}

const asJson = (findings: Finding[]) =>
  `${JSON.stringify({ status: statusOf(findings), findings }, null, 2)}\n`;

const marks = { ok: "ok     ", warning: "warning", fault: "FAULT  " };

/** A line for each finding, and below it what to do. */
export function told(findings: Finding[]): string {
  const lines = findings.flatMap(({ check, status, what, remedy }) => [
    `${marks[status]}  ${check.padEnd(12)} ${what}`,
    ...(remedy ? [`${" ".repeat(22)} → ${remedy}`] : []),
  ]);
  return `${lines.join("\n")}\n`;
}
