import { MailWording } from "#entities/mail/mail-wording";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { NotFound } from "#kernel/errors";
import { declaredMails, type MailTemplate, type MailText } from "#kernel/mail/template";

/** How a kind of mail is worded in a locale. */
export interface Wording extends MailText {
  template: MailTemplate;
  locale: string;
  html: string | null;
  /** 0 while it is worded as it came. */
  revision: number;
}

/** Throws NOT_FOUND for a kind of mail that there is not. */
export function templateCalled(ctx: RequestContext, name: string): MailTemplate {
  const template = declaredMails(ctx.db).get(name);
  if (!template) throw new NotFound("kind of mail", name);
  return template;
}

/** What the tenant has said instead, else what came with the module in the locale's language, else in English. */
export function wordingOf(
  ctx: RequestContext,
  template: MailTemplate,
  locale: string,
): Promise<Wording> {
  return inTransaction(ctx, async ({ em }) => {
    const own = await em.findOne(MailWording, { template: template.name, locale });
    return shown(template, locale, own);
  });
}

/** Of every kind of mail, in each of the tenant's locales or in the one asked for; by name. */
export function everyWording(ctx: RequestContext, locale?: string | null): Promise<Wording[]> {
  return inTransaction(ctx, async ({ em, tenant }) => {
    const own = await em.find(MailWording, locale ? { locale } : {});
    const keyOf = (template: string, of: string) => `${template} ${of}`;
    const known = new Map(own.map((each) => [keyOf(each.template, each.locale), each]));
    return [...declaredMails(ctx.db).values()]
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap((template) =>
        (locale ? [locale] : tenant.locales).map((of) =>
          shown(template, of, known.get(keyOf(template.name, of)) ?? null),
        ),
      );
  });
}

export function shown(template: MailTemplate, locale: string, own: MailWording | null): Wording {
  const language = locale.split("-")[0] ?? "";
  const { subject, text, html } = own ?? template.texts[language] ?? template.texts.en;
  return { template, locale, subject, text, html: html ?? null, revision: own?.revision ?? 0 };
}
