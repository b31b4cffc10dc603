import { QueryOrder } from "@mikro-orm/postgresql";
import { Session } from "#entities/accounts/session";
import { personOf } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { type SessionView, viewSession } from "./session.view.ts";

/** More than anybody can look through. */
const most = 100;

/** Where the caller is signed in now, what was used last first; at most a hundred. */
export function ownSessions(ctx: RequestContext): Promise<SessionView[]> {
  const { userId, sessionId } = personOf(ctx);
  return inTransaction(ctx, async ({ em, now }) => {
    const found = await em.find(
      Session,
      { userId, endedAt: null, expiresAt: { $gt: now } },
      { orderBy: { refreshedAt: QueryOrder.DESC, id: QueryOrder.DESC }, limit: most },
    );
    return found.map((session) => viewSession(session, sessionId));
  });
}
