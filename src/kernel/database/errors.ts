import { CursorError, DriverException } from "@mikro-orm/postgresql";
import pg from "pg";
import { BadUserInput, Conflict } from "#kernel/errors";

/** What PostgreSQL tells of a violated constraint. Of the values it tells nothing: row-level security hides them. */
interface Violation {
  code: string;
  table: string;
  constraint: string;
  message: string;
}

/**
 * The domain error behind a violated constraint; any other error as it is.
 * The database is the one judge of uniqueness and references: a check made beforehand would race.
 */
export function explained(error: unknown): unknown {
  if (error instanceof CursorError)
    return BadUserInput.at(["after"], "is not a cursor of this list");
  // Of SQL of our own, and of a commit, the driver's error comes as it is.
  if (!(error instanceof DriverException || error instanceof pg.DatabaseError)) return error;
  const violation = error as unknown as Violation;
  const field = fieldOf(violation);
  switch (violation.code) {
    case "23505":
      return new Conflict(`The ${field} is already in use.`, { field });
    case "23503":
    case "23001":
      return violation.message.includes("update or delete on table")
        ? new Conflict(`Something in ${violation.table} still refers to it.`, {
            by: violation.table,
          })
        : BadUserInput.at([field], "refers to something that does not exist");
    case "23P01":
      return new Conflict(`It overlaps with another of ${violation.table}.`, {
        with: violation.table,
      });
    case "23514":
      return BadUserInput.at([], `breaks the rule ${violation.constraint}`);
    case "22003":
      return BadUserInput.at([], "holds a number that is out of range");
    case "22008":
      return BadUserInput.at([], "holds a moment that is out of range");
    case "22007":
    case "22P02":
      return BadUserInput.at([], "holds a value of the wrong type");
    default:
      return error;
  }
}

/** Constraints are named `<table>_<columns>_<kind>`: `product_tags_tenant_id_tag_id_fkey` is about tagId. */
function fieldOf({ table, constraint }: Violation): string {
  const columns = (constraint ?? "").replace(`${table}_`, "").replace(/_(key|fkey|pkey)$/, "");
  return columns
    .replace(/^tenant_id_/, "")
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
