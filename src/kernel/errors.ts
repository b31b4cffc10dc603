import type { z } from "zod";

/** The codes that GraphQL (`extensions.code`) and REST (`error.code`) share. */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "BAD_USER_INPUT"
  | "CONFLICT"
  | "PAYLOAD_TOO_LARGE"
  | "RATE_LIMITED"
  | "MODULE_DISABLED"
  | "NOT_CONFIGURED"
  | "INTERNAL";

/** A named fact that may be shown: stable code, safe message, details for a program. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: Record<string, unknown>;

  constructor(fact: {
    code: ErrorCode;
    status: number;
    message: string;
    details?: Record<string, unknown>;
  }) {
    super(fact.message);
    this.name = new.target.name;
    this.code = fact.code;
    this.status = fact.status;
    this.details = fact.details ?? {};
  }
}

export class Unauthenticated extends DomainError {
  constructor(message = "Sign in first.") {
    super({ code: "UNAUTHENTICATED", status: 401, message });
  }
}

export class Forbidden extends DomainError {
  constructor(permission: string) {
    super({
      code: "FORBIDDEN",
      status: 403,
      message: `This needs the permission "${permission}".`,
      details: { permission },
    });
  }
}

/** Too many tries; `retryAfter` says after how many seconds there may be another. */
export class RateLimited extends DomainError {
  constructor(retryAfter: number) {
    super({
      code: "RATE_LIMITED",
      status: 429,
      message: `That was tried too often. Try again in ${retryAfter} s.`,
      details: { retryAfter },
    });
  }
}

export class NotFound extends DomainError {
  constructor(what: string, id: string) {
    super({
      code: "NOT_FOUND",
      status: 404,
      message: `There is no ${what} ${id}.`,
      details: { id },
    });
  }
}

export class Conflict extends DomainError {
  constructor(message: string, details?: Record<string, unknown>) {
    super({ code: "CONFLICT", status: 409, message, ...(details && { details }) });
  }
}

/** Somebody else changed the aggregate since the caller read it. */
export class StaleRevision extends Conflict {
  constructor(what: string, id: string, expected: number, actual: number) {
    super(`The ${what} has changed meanwhile: it is at revision ${actual}, not ${expected}.`, {
      id,
      expected,
      actual,
    });
  }
}

/** One fault of an input and where it is; the path of `input.variants[0].sku` is `["variants", 0, "sku"]`. */
export interface InputIssue {
  path: (string | number)[];
  message: string;
}

/** Carries every fault of the input at once. */
export class BadUserInput extends DomainError {
  constructor(issues: InputIssue[]) {
    super({
      code: "BAD_USER_INPUT",
      status: 400,
      message: issues
        .map(({ path, message }) => `${path.join(".") || "input"}: ${message}`)
        .join("; "),
      details: { issues },
    });
  }

  static at(path: InputIssue["path"], message: string): BadUserInput {
    return new BadUserInput([{ path, message }]);
  }

  static from(error: z.ZodError): BadUserInput {
    return new BadUserInput(
      error.issues.map(({ path, message }) => ({
        path: path.map((step) => (typeof step === "symbol" ? String(step) : step)),
        message,
      })),
    );
  }
}
