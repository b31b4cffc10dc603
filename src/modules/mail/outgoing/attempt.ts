import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { NotToBeRetried } from "#kernel/jobs/job";
import { type Mail, mailerOf, MailRefused } from "#kernel/mail/mailer";
import { declaredMails } from "#kernel/mail/template";
import { render } from "../templates/render.ts";
import { shown, wordingOf } from "../templates/wording.queries.ts";

/** A mailer that takes longer is not waited for, in milliseconds. */
const patienceMs = 60_000;
/** How long whoever has taken a mail is believed to be alive and sending it, in seconds: longer than that. */
const leaseSeconds = 90;

/** Somebody is sending it, or was and has died of it: that shows once the lease is over. */
class BeingSent extends Error {
  override name = "BeingSent";
  constructor(id: string) {
    super(`The mail ${id} is being sent elsewhere.`);
  }
}

/** What is not on record. */
interface Given {
  secrets?: Record<string, string>;
  asItCame?: boolean | undefined;
}

interface Taken {
  template: string;
  address: string;
  locale: string;
  sender: string | null;
  variables: Record<string, string>;
}

/**
 * Sends a mail on record, unless it is sent, and puts on record what became of it. Between the server's yes
 * and our note of it lies a moment: who dies in it leaves a mail that is sent once more, under the same
 * Message-ID.
 */
export async function attempt(ctx: RequestContext, id: string, given: Given = {}): Promise<void> {
  const taken = await take(ctx, id);
  if (!taken) return;
  let mail: Mail;
  try {
    mail = await written(ctx, id, taken, given);
    await inTime(mailerOf(ctx.db).send(mail));
  } catch (error) {
    await noteFailure(ctx, id, error as Error);
    if (error instanceof MailRefused) throw new NotToBeRetried(error.message);
    throw error;
  }
  // Should this fail, it is as if we had died: the lease runs out.
  await noteSent(ctx, id, mail.subject);
}

/** Undefined when there is nothing to be sent. Throws while somebody else has it. */
async function take(ctx: RequestContext, id: string): Promise<Taken | undefined> {
  return inTransaction(ctx, async (tx) => {
    const [taken] = await tx.sql<Taken>(
      `update mails set state = 'sending', attempts = attempts + 1,
              leased_until = now() + make_interval(secs => $2)
       where id = $1 and (state in ('waiting', 'failed') or (state = 'sending' and leased_until < now()))
       returning template, address, locale, sender, variables`,
      [id, leaseSeconds],
    );
    if (taken) return taken;
    const [left] = await tx.sql("select from mails where id = $1 and state = 'sending'", [id]);
    if (left) throw new BeingSent(id);
    return undefined;
  });
}

async function written(
  ctx: RequestContext,
  id: string,
  { template: name, address, locale, sender, variables }: Taken,
  { secrets, asItCame }: Given,
): Promise<Mail> {
  const template = declaredMails(ctx.db).get(name);
  // Its module is gone, and comes back with nobody trying again.
  if (!template) throw new NotToBeRetried(`There is no kind of mail called ${name}.`);
  const { name: site } = ctx.tenant;
  const text = asItCame ? shown(template, locale, null) : await wordingOf(ctx, template, locale);
  const rendered = render(text, { site, ...variables, ...secrets }, locale);
  return { id, kind: name, from: sender ?? site, to: address, ...rendered };
}

async function inTime(sending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The mail server took longer than ${patienceMs / 1_000} s.`)),
      patienceMs,
    );
  });
  try {
    await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
    sending.catch(() => {});
  }
}

/** What it said goes: it was only kept to be sent. */
const noteSent = (ctx: RequestContext, id: string, subject: string) =>
  inTransaction(ctx, (tx) =>
    tx.sql(
      `update mails set state = 'sent', sent_at = $2, subject = $3, variables = '{}',
              failure = null, leased_until = null
       where id = $1`,
      [id, tx.now, subject],
    ),
  );

const longestFailure = 1_000;

const noteFailure = (ctx: RequestContext, id: string, { message }: Error) =>
  inTransaction(ctx, (tx) =>
    tx.sql(
      `update mails set state = 'failed', failure = $2, leased_until = null
       where id = $1 and state = 'sending'`,
      [id, message.slice(0, longestFailure)],
    ),
  );
