import { LockMode } from "@mikro-orm/postgresql";
import { MailWording } from "#entities/mail/mail-wording";
import { change } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, StaleRevision } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { type MailTemplate, type MailText, variablesOf } from "#kernel/mail/template";
import { MailWordingDeleted, MailWordingUpdated } from "../events.ts";
import { examplesOf, faultsOf } from "./faults.ts";
import { type Rendered, render } from "./render.ts";
import type { PreviewMailTemplate, ResetMailTemplate, SetMailTemplate } from "./wording.input.ts";
import { shown, templateCalled, type Wording, wordingOf } from "./wording.queries.ts";

/**
 * Words a kind of mail otherwise. Throws NOT_FOUND for one there is not, CONFLICT for a stale revision,
 * BAD_USER_INPUT with everything that is wrong with the wording.
 */
export function set(
  ctx: RequestContext,
  { revision, ...given }: SetMailTemplate,
): Promise<Wording> {
  const template = templateCalled(ctx, given.template);
  refuseFaulty(template, given);
  return inTransaction(ctx, async (tx) => {
    // Two who word it for the first time take turns.
    await tx.sql("select from tenants where id = $1 for update", [tx.tenant.id]);
    const own = await lockOwn(tx, given, revision);
    const { subject, text, html } = given;
    const wording =
      own ??
      tx.em.create(MailWording, {
        id: newId(),
        tenantId: tx.tenant.id,
        template: given.template,
        locale: given.locale,
        subject,
        text,
        createdAt: tx.now,
        updatedAt: tx.now,
      });
    if (own) change(tx, own, { subject, text });
    wording.html = html ?? null;
    announce(tx, wording, MailWordingUpdated);
    return shown(template, given.locale, wording);
  });
}

/** Has it worded as it came; nothing happens where it is. Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function reset(
  ctx: RequestContext,
  { revision, ...given }: ResetMailTemplate,
): Promise<Wording> {
  const template = templateCalled(ctx, given.template);
  return inTransaction(ctx, async (tx) => {
    const own = await lockOwn(tx, given, revision);
    if (own) {
      tx.em.remove(own);
      announce(tx, own, MailWordingDeleted);
    }
    return shown(template, given.locale, null);
  });
}

/** As it would be read, with examples for what is not known yet. Throws as {@link set} does. */
export async function preview(
  ctx: RequestContext,
  { template: name, locale, subject, text, html }: PreviewMailTemplate,
): Promise<Rendered> {
  const template = templateCalled(ctx, name);
  const now = await wordingOf(ctx, template, locale);
  const wording = {
    subject: subject ?? now.subject,
    text: text ?? now.text,
    // Made from the text that is tried, unless one is tried with it.
    html: html ?? (text ? null : now.html),
  };
  refuseFaulty(template, wording);
  const examples = { ...examplesOf(variablesOf(template)), site: ctx.tenant.name };
  return render(wording, examples, locale);
}

function refuseFaulty(template: MailTemplate, text: MailText): void {
  const issues = faultsOf(template, text);
  if (issues.length > 0) throw new BadUserInput(issues);
}

async function lockOwn(
  tx: Transaction,
  { template, locale }: { template: string; locale: string },
  expected: number | null | undefined,
): Promise<MailWording | null> {
  const own = await tx.em.findOne(
    MailWording,
    { template, locale },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  const revision = own?.revision ?? 0;
  if (typeof expected === "number" && expected !== revision) {
    throw new StaleRevision("wording of mails", `${template} ${locale}`, expected, revision);
  }
  return own;
}

function announce(tx: Transaction, wording: MailWording, event: typeof MailWordingUpdated): void {
  const { template, locale, revision } = wording;
  record(tx, event, wording, { template, locale, revision });
}
