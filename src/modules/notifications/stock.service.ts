import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { NotFound } from "#kernel/errors";
import { record } from "#kernel/events/event";
import { newId } from "#kernel/ids";
import { sendsMails } from "#kernel/mail/mailer";
import { StockThresholdChanged } from "./events.ts";
import { lowStockMail } from "./mails.ts";
import { tellThoseWho } from "./recipients.ts";
import { settings } from "./settings.ts";

/** From how few on a variant is low. */
export interface StockThreshold {
  variantId: string;
  /** Its own; null: the tenant's. */
  own: number | null;
  /** What holds; null: it never is. */
  threshold: number | null;
  /** Whether people were told that it is, and it is still. */
  isLow: boolean;
}

/** Null for a variant there is not. */
export function thresholdOf(
  ctx: RequestContext,
  variantId: string,
): Promise<StockThreshold | null> {
  return inTransaction(ctx, async (tx) => {
    const { lowStockThreshold } = await settings(tx);
    const [row] = await tx.sql<{ own: number | null; isLow: boolean }>(
      `select w.threshold as own, coalesce(w.is_low, false) as "isLow"
       from product_variants v left join stock_watches w on w.variant_id = v.id where v.id = $1`,
      [variantId],
    );
    return row ? { variantId, ...row, threshold: row.own ?? lowStockThreshold } : null;
  });
}

/** Null: the tenant's from now on. Throws NOT_FOUND. */
export function setThreshold(
  ctx: RequestContext,
  { variantId, threshold }: { variantId: string; threshold: number | null },
): Promise<StockThreshold> {
  return inTransaction(ctx, async (tx) => {
    await tx.sql(
      `insert into stock_watches (tenant_id, variant_id, threshold)
       select tenant_id, id, $2 from product_variants where id = $1
       on conflict (tenant_id, variant_id) do update set threshold = excluded.threshold`,
      [variantId, threshold],
    );
    const now = await thresholdOf(tx, variantId);
    if (!now) throw new NotFound("variant", variantId);
    record(tx, StockThresholdChanged, { id: variantId, revision: 1 }, { variantId });
    return now;
  });
}

interface Crossing {
  sku: string | null;
  title: string;
  options: string | null;
  quantity: number;
}

/**
 * Looks which of the variants have become low or are so no longer, and has people told of the former in one
 * mail. Whoever looks at the same variant meanwhile waits, so that a crossing is seen by one alone; it is
 * noted with the mails, in one transaction.
 */
export async function watchStock(ctx: RequestContext, variantIds: string[]): Promise<void> {
  if (!sendsMails(ctx.db)) return;
  await inTransaction(ctx, async (tx) => {
    const { lowStockThreshold } = await settings(tx);
    await takeTurns(tx, variantIds);
    const crossed = await turnedLow(tx, variantIds, lowStockThreshold);
    if (crossed.length === 0) return;
    await tellThoseWho(tx, "commerce:write", {
      mail: lowStockMail,
      causeId: newId(),
      variables: { variants: crossed.map(line).join("\n") },
    });
  });
}

async function takeTurns(tx: Transaction, variantIds: string[]): Promise<void> {
  await tx.sql(
    `insert into stock_watches (tenant_id, variant_id)
     select tenant_id, id from product_variants where id = any ($1::uuid[]) order by id
     on conflict do nothing`,
    [variantIds],
  );
  await tx.sql(
    "select from stock_watches where variant_id = any ($1::uuid[]) order by variant_id for update",
    [variantIds],
  );
}

/** A variant that nobody counts anywhere is never low. */
async function turnedLow(
  tx: Transaction,
  variantIds: string[],
  threshold: number | null,
): Promise<Crossing[]> {
  return tx.sql<Crossing>(
    `with found as (
       select w.variant_id, w.is_low as was_low, l.quantity,
              coalesce(l.quantity <= coalesce(w.threshold, $2), false) as is_low
       from stock_watches w
       left join lateral (
         select sum(i.quantity)::integer as quantity from inventory_levels i where i.variant_id = w.variant_id) l on true
       where w.variant_id = any ($1::uuid[])
     ),
     noted as (
       update stock_watches w set is_low = found.is_low
       from found where w.variant_id = found.variant_id and found.is_low <> found.was_low
       returning w.variant_id
     )
     select v.sku, found.quantity,
       coalesce((
         select t.title from product_translations t where t.product_id = v.product_id
         order by t.locale <> $3, t.locale limit 1), '') as title,
       (select string_agg(o.value, ', ' order by p.position)
        from variant_options o join product_options p on p.id = o.option_id
        where o.variant_id = v.id) as options
     from noted
     join found using (variant_id)
     join product_variants v on v.id = noted.variant_id
     where found.is_low
     order by title, v.position`,
    [variantIds, threshold, tx.tenant.defaultLocale],
  );
}

const line = ({ title, options, sku, quantity }: Crossing) =>
  `${title}${options ? `, ${options}` : ""}${sku ? ` (${sku})` : ""}: ${quantity}`;
