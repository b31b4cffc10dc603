import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { sendsMails } from "#kernel/mail/mailer";
import { mails } from "#modules/mail";
import { commentMail, webhookMail, welcomeMail } from "./mails.ts";
import { plainBeginning } from "./plain-beginning.ts";
import { tellThoseWho } from "./recipients.ts";
import { settings } from "./settings.ts";

/** What happened, and to what. */
export interface Occasion {
  eventId: string;
  /** The comment, the user, the endpoint. */
  subjectId: string;
}

/** A comment that nobody has judged by now; one that somebody has is no news. */
export function ofComment(ctx: RequestContext, { eventId, subjectId }: Occasion): Promise<void> {
  return when(ctx, async (tx) => {
    const [comment] = await tx.sql<{ author: string; html: string; post: string }>(
      `select c.author_name as author, c.html, coalesce((
         with recursive above as (
           select id, parent_id, kind from nodes where id = c.parent_id
           union all
           select n.id, n.parent_id, n.kind from nodes n join above on n.id = above.parent_id)
         select t.title from above join node_translations t on t.node_id = above.id
         where above.kind <> 'comment'
         order by t.locale <> $2, t.locale limit 1), '') as post
       from moderated_comments c where c.id = $1 and c.status = 'pending'`,
      [subjectId, tx.tenant.defaultLocale],
    );
    if (!comment) return;
    const { author, html, post } = comment;
    await tellThoseWho(tx, "blog:moderate", {
      mail: commentMail,
      causeId: eventId,
      variables: { author, post, comment: plainBeginning(html) },
    });
  });
}

export function ofWebhookEndpoint(
  ctx: RequestContext,
  { eventId, subjectId, reason }: Occasion & { reason: string },
): Promise<void> {
  return when(ctx, (tx) =>
    tellThoseWho(tx, "webhooks:write", {
      mail: webhookMail,
      causeId: eventId,
      variables: { endpoint: subjectId, reason },
    }),
  );
}

/** Whoever can sign in by now; who was invited to choose a password has a mail already. */
export function ofUser(ctx: RequestContext, { eventId, subjectId }: Occasion): Promise<void> {
  return when(ctx, async (tx) => {
    const { welcome } = await settings(tx);
    if (!welcome) return;
    const [user] = await tx.sql<{ name: string; email: string }>(
      `select name, email from users
       where id = $1 and (password_hash is not null or email_verified_at is not null)`,
      [subjectId],
    );
    if (!user) return;
    await mails.post(tx, {
      template: welcomeMail.name,
      causeId: eventId,
      to: user.email,
      userId: subjectId,
      locale: tx.tenant.defaultLocale,
      variables: { name: user.name },
    });
  });
}

/** Where no mails are sent, nobody is told later of what is long over then. */
async function when(
  ctx: RequestContext,
  work: Parameters<typeof inTransaction<void>>[1],
): Promise<void> {
  if (sendsMails(ctx.db)) await inTransaction(ctx, work);
}
