import type { Transaction } from "#kernel/database/transaction";
import type { MailTemplate } from "#kernel/mail/template";
import { permissionsOfRole } from "#modules/access";
import { mails } from "#modules/mail";

interface Person {
  id: string;
  email: string;
}

/** Those of the tenant whose role holds the permission and who have not said that they do without this mail. */
async function peopleFor(
  tx: Transaction,
  { name }: MailTemplate,
  permission: string,
): Promise<Person[]> {
  const found = await tx.sql<{ role: string }>("select distinct role from users");
  const roles = [];
  for (const { role } of found) {
    if ((await permissionsOfRole(tx, role)).has(permission)) roles.push(role);
  }
  return tx.sql<Person>(
    `select id, email from users u
     where role = any ($1) and not exists (
       select from notification_opt_outs o where o.user_id = u.id and o.template = $2)
     order by id`,
    [roles, name],
  );
}

/** Has everybody told who may do something about it, each once for the cause. */
export async function tellThoseWho(
  tx: Transaction,
  permission: string,
  given: { mail: MailTemplate; causeId: string; variables: Record<string, string> },
): Promise<void> {
  const { mail, causeId, variables } = given;
  for (const { id, email } of await peopleFor(tx, mail, permission)) {
    await mails.post(tx, {
      template: mail.name,
      causeId,
      to: email,
      userId: id,
      locale: tx.tenant.defaultLocale,
      variables,
    });
  }
}
