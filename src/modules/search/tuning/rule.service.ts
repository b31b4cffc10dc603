import { SearchRule } from "#entities/search/search-rule";
import { change, lock } from "#kernel/aggregates/aggregate";
import type { RequestContext } from "#kernel/context";
import { inTransaction, type Transaction } from "#kernel/database/transaction";
import { BadUserInput, Conflict } from "#kernel/errors";
import { record } from "#kernel/events/event";
import type { Key } from "#kernel/graphql/key.input";
import { newId } from "#kernel/ids";
import { SearchRuleCreated, SearchRuleDeleted, SearchRuleUpdated } from "./events.ts";
import { type CreateSearchRule, misfits, type UpdateSearchRule } from "./rule.input.ts";
import { forgetTuning } from "./tuned.ts";

/** Every process keeps the queries that have a rule; a few more by two who create at once do no harm. */
const mostRules = 2_000;

/** Throws BAD_USER_INPUT for unknown ids, CONFLICT when another rule for the query holds at some time of its. */
export function create(ctx: RequestContext, given: CreateSearchRule): Promise<SearchRule> {
  return seenAtOnce(ctx, async (tx) => {
    if ((await tx.em.count(SearchRule)) >= mostRules) {
      throw new Conflict(`There are ${mostRules} rules already: delete what is over.`);
    }
    await refuseUnknown(tx, given.kind, given);
    const rule = tx.em.create(SearchRule, {
      ...given,
      id: newId(),
      tenantId: tx.tenant.id,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    announce(tx, rule, SearchRuleCreated);
    return rule;
  });
}

/** Throws as `create` does, NOT_FOUND, or CONFLICT for a stale revision. */
export function update(
  ctx: RequestContext,
  { id, revision, ...given }: UpdateSearchRule,
): Promise<SearchRule> {
  return seenAtOnce(ctx, async (tx) => {
    const rule = await lock(tx, SearchRule, id, revision);
    await refuseUnknown(tx, rule.kind, given);
    change(tx, rule, given);
    const issues = misfits(rule);
    if (issues.length > 0) throw new BadUserInput(issues);
    announce(tx, rule, SearchRuleUpdated);
    return rule;
  });
}

/** Throws NOT_FOUND, or CONFLICT for a stale revision. */
export function remove(ctx: RequestContext, { id, revision }: Key): Promise<void> {
  return seenAtOnce(ctx, async (tx) => {
    const rule = await lock(tx, SearchRule, id, revision);
    rule.revision += 1;
    tx.em.remove(rule);
    announce(tx, rule, SearchRuleDeleted);
  });
}

async function seenAtOnce<Result>(
  ctx: RequestContext,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const result = await inTransaction(ctx, work);
  forgetTuning(ctx);
  return result;
}

const sources = { products: "products", content: "nodes" };

/** What has been deleted since a rule was made stays in it: only what is given now is looked up. */
async function refuseUnknown(
  tx: Transaction,
  kind: SearchRule["kind"],
  { pinned = [], hidden = [] }: { pinned?: string[] | undefined; hidden?: string[] | undefined },
): Promise<void> {
  const rows = await tx.sql<{ id: string }>(
    `select id from ${sources[kind]} where id = any ($1::uuid[])`,
    [[...pinned, ...hidden]],
  );
  const known = new Set(rows.map(({ id }) => id));
  const issues = Object.entries({ pinned, hidden }).flatMap(([list, ids]) =>
    ids.flatMap((id, i) =>
      known.has(id)
        ? []
        : [{ path: [list, i], message: "refers to something that does not exist" }],
    ),
  );
  if (issues.length > 0) throw new BadUserInput(issues);
}

function announce(tx: Transaction, rule: SearchRule, event: typeof SearchRuleUpdated): void {
  record(tx, event, rule, { ruleId: rule.id, revision: rule.revision });
}
