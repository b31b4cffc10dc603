import type { Config } from "#config";

/** What was looked at, what was seen, and what to do about it. */
export interface Finding {
  check: string;
  /** A fault keeps something from working; a warning says what is not as it should be. */
  status: "ok" | "warning" | "fault";
  what: string;
  /** Of anything but "ok". */
  remedy?: string;
}

/** What the checks work with. */
export interface Patient {
  config: Config;
  /** The URL that serves; of the embedded database, once it runs. */
  databaseUrl: string;
  /** The connections that one process with all roles may hold. */
  connections: number;
  now(): number;
  /** Bytes that can still be written below the path. */
  freeBytes(path: string): Promise<number>;
}

/** One thing looked at. What it throws is a fault, with the remedy that is given for it. */
export interface Check {
  name: string;
  remedy: string;
  look(patient: Patient): Promise<(Omit<Finding, "check"> | undefined)[]>;
}

export const ok = (what: string) => ({ status: "ok" as const, what });
export const warning = (what: string, remedy: string) => ({
  status: "warning" as const,
  what,
  remedy,
});
export const fault = (what: string, remedy: string) => ({ status: "fault" as const, what, remedy });

/** The longest that one of them may take, in milliseconds: what hangs is found out, too. */
const lookMs = 15_000;

/** Looks at everything, one thing beside the other; the findings are in the checks' order. */
export async function examine(patient: Patient, checks: Check[]): Promise<Finding[]> {
  const found = await Promise.all(checks.map((check) => outcome(check, patient)));
  return found.flat();
}

async function outcome({ name, remedy, look }: Check, patient: Patient): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it does not answer")), lookMs);
  });
  try {
    const findings = await Promise.race([look(patient), tooLate]);
    return findings
      .filter((finding) => finding !== undefined)
      .map((finding) => ({ check: name, ...finding }));
  } catch (error) {
    return [{ check: name, ...fault(reasonOf(error), remedy) }];
  } finally {
    clearTimeout(timer);
  }
}

/** A refused connection to a name with several addresses says nothing in its message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.join("; ");
  return error instanceof Error ? error.message : String(error);
}
