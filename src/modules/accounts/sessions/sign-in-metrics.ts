import { DomainError } from "#kernel/errors";
import { counter } from "#kernel/observability/metrics";

const signIns = counter(
  "sign_ins",
  "Who tried to sign in or to refresh, and how it ended: ok, or the code of the error.",
  ["method", "code"],
);

/** Does the work, and counts how it ended. */
export async function counted<Result>(
  method: "password" | "oidc" | "refresh",
  work: Promise<Result>,
): Promise<Result> {
  try {
    const result = await work;
    signIns.inc({ method, code: "ok" });
    return result;
  } catch (error) {
    signIns.inc({ method, code: error instanceof DomainError ? error.code : "INTERNAL" });
    throw error;
  }
}
