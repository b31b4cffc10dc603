import type { Database } from "#kernel/database/database";

/** What the tenant is called; every mail may say so. */
export const site: MailVariable = { description: "The tenant's name.", example: "Lamps" };

/** Something that a mail's texts may say. */
export interface MailVariable {
  description: string;
  /** For a preview. */
  example: string;
  /** Without it the mail would be of no use: a text must say it. */
  required?: true;
  /** It opens something: it is kept nowhere, and may not stand in a subject. */
  secret?: true;
}

/** A mail in one language, in Liquid: `{{ site }}` says the variable. */
export interface MailText {
  /** One line. */
  subject: string;
  /** Plain. Paragraphs are parted by empty lines; a line that is a URL becomes a link in HTML. */
  text: string;
  /** What is inside the page; made from the text when null. */
  html?: string | null;
}

/** A kind of mail. Who runs a tenant may word it otherwise, in each of its locales. */
export interface MailTemplate {
  /** `module.what`. */
  name: string;
  /** For whoever words it: when it is sent, and to whom. */
  description: string;
  /** Beside `site`. */
  variables: Record<string, MailVariable>;
  /** By language. English there always is: it stands in for what there is not. */
  texts: { en: MailText; [language: string]: MailText };
}

export const variablesOf = ({ variables }: MailTemplate): Record<string, MailVariable> => ({
  site,
  ...variables,
});

const declarations = new WeakMap<Database, ReadonlyMap<string, MailTemplate>>();

/** Has a database's tenants sent mails of these kinds from now on; done once, where the database is opened. */
export function declareMails(db: Database, templates: readonly MailTemplate[]): void {
  declarations.set(db, new Map(templates.map((template) => [template.name, template])));
}

/** Every kind of mail that a module declares, by its name. */
export function declaredMails(db: Database): ReadonlyMap<string, MailTemplate> {
  const declared = declarations.get(db);
  if (!declared) throw new Error("The database was opened without saying which mails there are.");
  return declared;
}
