import { DomainError } from "#kernel/errors";

/** Stable names, in `details.reason`, for why a whole file is refused. */
export type Unreadable =
  | "NO_SUCH_FILE"
  | "NOT_UTF8"
  | "MALFORMED_CSV"
  | "MISSING_COLUMNS"
  | "MALFORMED_XML"
  | "NOT_A_WORDPRESS_EXPORT";

/** The file is refused as a whole, before anything of it is written. */
export class UnreadableFile extends DomainError {
  constructor(reason: Unreadable, message: string, details: Record<string, unknown>) {
    super({ code: "BAD_USER_INPUT", status: 400, message, details: { reason, ...details } });
  }
}

export class MissingColumns extends UnreadableFile {
  constructor(columns: string[]) {
    const these = columns.map((column) => `"${column}"`).join(", ");
    super("MISSING_COLUMNS", `The file has no column ${these}.`, { columns });
  }
}
