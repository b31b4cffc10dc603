import { type Mail, mailWith } from "#kernel/mail/mailer";
import { installation } from "./installation.ts";

/** Takes in every mail of this file's installation. */
export interface Mailbox {
  mails: Mail[];
  /**
   * The next one to the address that was not taken yet, of the kind if one is asked for, else any but a
   * welcome; waits for it. Throws when none comes.
   */
  to(address: string, kind?: string): Promise<Mail>;
}

export async function aMailbox(): Promise<Mailbox> {
  const { db } = await installation();
  const mails: Mail[] = [];
  const taken = new Set<Mail>();
  let arrived = () => {};
  mailWith(db, {
    name: "a mailbox",
    async send(mail) {
      mails.push(mail);
      arrived();
    },
    close: () => {},
  });
  return {
    mails,
    async to(address, kind) {
      const signal = AbortSignal.timeout(10_000);
      for (;;) {
        const found = mails.find(
          (mail) =>
            mail.to === address &&
            !taken.has(mail) &&
            (kind ? mail.kind === kind : mail.kind !== "notifications.welcome"),
        );
        if (found) {
          taken.add(found);
          return found;
        }
        signal.throwIfAborted();
        await new Promise<void>((resolve) => {
          arrived = resolve;
          signal.addEventListener("abort", () => resolve(), { once: true });
        });
      }
    },
  };
}

/** What the mail has its reader confirm with. */
export const tokenIn = ({ text }: Mail): string => /[\w-]{43}/.exec(text)?.[0] ?? "";
