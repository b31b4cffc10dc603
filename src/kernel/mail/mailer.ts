import type { Database } from "#kernel/database/database";
import { DomainError } from "#kernel/errors";

/** A message to one person. */
export interface Mail {
  /** The same for each time it is sent, so that a mailbox can tell a repetition. */
  id: string;
  /** The name of its template. */
  kind: string;
  /** The name it is from; the address is the operator's. */
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface Mailer {
  /** For people: where mails go. */
  name: string;
  /**
   * Resolves when somebody else has it. Throws {@link MailRefused} when it will not be taken however often it
   * is tried, anything else when it might be later.
   */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** The recipient's side has said no for good; the message is what it said. */
export class MailRefused extends Error {
  override name = "MailRefused";
}

const chosen = new WeakMap<Database, Mailer>();

/** Has the mails of a database's tenants sent by this from now on. */
export function mailWith(db: Database, mailer: Mailer): void {
  chosen.set(db, mailer);
}

export const sendsMails = (db: Database): boolean => chosen.has(db);

/** Throws NOT_CONFIGURED where the operator has no mails sent. */
export function mailerOf(db: Database): Mailer {
  const mailer = chosen.get(db);
  if (mailer) return mailer;
  throw new DomainError({
    code: "NOT_CONFIGURED",
    status: 501,
    message: "This installation sends no mails: its operator has to set SMTP_URL.",
  });
}
