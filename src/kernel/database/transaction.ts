import type { EntityManager } from "@mikro-orm/postgresql";
import { CompiledQuery, type ControlledTransaction } from "kysely";
import { type AuditNote, writeAudit } from "#kernel/access/audit";
import type { RequestContext } from "#kernel/context";
import { append, type RecordedEvent } from "#kernel/events/outbox";
import { type Span, traced } from "#kernel/observability/tracing";
import { explained } from "./errors.ts";
import { rowChangesOf } from "./row-changes.ts";

/** A context whose reads and writes commit or vanish together, with their events. */
export interface Transaction extends RequestContext {
  em: EntityManager;
  /** One moment for all that this transaction stamps. */
  now: Date;
  /** Runs SQL with `$1` placeholders inside the transaction, after flushing what the ORM still holds back. */
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Filled by `record`, written just before the commit. */
  recorded: RecordedEvent[];
  /** Filled by `note`, written with the events. */
  noted: AuditNote[];
}

/**
 * Runs `work` in one transaction of the context's tenant, joining the caller's when there is one.
 * Use the context it hands you: writes through the outer one would commit on their own.
 * A constraint that the database enforces comes back as a domain error, and nothing is written.
 */
export async function inTransaction<T>(
  ctx: RequestContext | Transaction,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  if (isTransaction(ctx)) return work(ctx);
  return traced("transaction", { facts: { "db.system.name": "postgresql" } }, (span) =>
    inOwn(ctx, work, span),
  );
}

async function inOwn<T>(
  ctx: RequestContext,
  work: (tx: Transaction) => Promise<T>,
  span: Span | undefined,
): Promise<T> {
  const em = ctx.db.orm.em.fork({
    session: {
      variables: {
        "rustok.tenant": ctx.tenant.id,
        // What it leaves for the background says by this whose trace it is.
        ...(span?.traceparent && { "rustok.traceparent": span.traceparent }),
      },
    },
  });
  em.setFilterParams("tenant", { tenantId: ctx.tenant.id });
  try {
    return await em.transactional(async (inner) => {
      const tx = begin(ctx, inner);
      const result = await work(tx);
      await inner.flush();
      await append(tx, tx.recorded);
      await writeAudit(tx, rowChangesOf(inner));
      span?.set({ "rustok.events": tx.recorded.length });
      return result;
    });
  } catch (error) {
    throw explained(error);
  }
}

function begin(ctx: RequestContext, em: EntityManager): Transaction {
  return {
    ...ctx,
    em,
    now: new Date(),
    recorded: [],
    noted: [],
    async sql<Row>(text: string, values: unknown[] = []) {
      await em.flush();
      const connection = em.getTransactionContext<ControlledTransaction<unknown>>();
      if (!connection) throw new Error("The transaction has ended.");
      const { rows } = await connection.executeQuery(CompiledQuery.raw(text, values));
      return rows as Row[];
    },
  };
}

function isTransaction(ctx: RequestContext | Transaction): ctx is Transaction {
  return "recorded" in ctx;
}
