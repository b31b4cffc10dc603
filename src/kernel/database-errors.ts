import {
  CheckConstraintViolationException,
  CursorError,
  DriverException,
  ForeignKeyConstraintViolationException,
  UniqueConstraintViolationException,
} from "@mikro-orm/postgresql";
import { BadUserInput, Conflict } from "#kernel/errors";

/** `Key (tenant_id, handle)=(0190…, mug) already exists.`: the last column is the one a caller chose. */
const violatedKey = /\(([^)]+)\)=\((.*)\) (already exists|is not present|is still referenced)/s;

/**
 * The domain error behind a violated constraint; any other error as it is.
 * The database is the one judge of uniqueness and references: a check made beforehand would race.
 */
export function explained(error: unknown): unknown {
  if (error instanceof CursorError)
    return BadUserInput.at(["after"], "is not a cursor of this list");
  if (!(error instanceof DriverException)) return error;
  const key = violatedKey.exec((error as { detail?: string }).detail ?? "");
  const field = camelCase(key?.[1]?.split(", ").at(-1) ?? "value");
  const value = key?.[2]?.split(", ").at(-1) ?? "";

  if (error instanceof UniqueConstraintViolationException) {
    return new Conflict(`The ${field} "${value}" is already in use.`, { field, value });
  }
  if (error instanceof ForeignKeyConstraintViolationException) {
    return key?.[3] === "is still referenced"
      ? new Conflict("Something still refers to it.", { field, value })
      : BadUserInput.at([field], `there is no such ${field}: "${value}"`);
  }
  if (error instanceof CheckConstraintViolationException) {
    const constraint = (error as { constraint?: string }).constraint ?? "check";
    return BadUserInput.at([], `breaks the rule ${constraint}`);
  }
  return error;
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
