import { expect, test, vi } from "vitest";
import { forgetCommentAddresses } from "#jobs/forget-comment-addresses";
import { forgetOld } from "#jobs/forget-old";
import { forgetOldSignIns } from "#jobs/forget-old-sign-ins";
import { removeOldGenerations } from "#jobs/remove-old-generations";
import { newId } from "#kernel/ids";
import type { ScheduledJob } from "#kernel/jobs/job";
import { installation, log } from "#test/installation";
import { aNode } from "../../modules/content/a-node.ts";

const { db, owner, anEditor } = await installation();

/** The tenants that the job has looked up, each time one query. */
async function visited({ run }: ScheduledJob): Promise<string[]> {
  const spy = vi.spyOn(db.pool, "query");
  await run({ db, log });
  const asked = spy.mock.calls.map(([query]) => query as { name?: string; values?: string[] });
  spy.mockRestore();
  return asked.filter(({ name }) => name === "find-tenant").map(({ values }) => values?.[0] ?? "");
}

const hours = (n: number) => new Date(Date.now() - n * 3_600_000);

/** What makes a tenant one to visit, by its age in hours, and a question that counts what is left of it. */
const leftovers: [string, ScheduledJob, number, string, string][] = [
  [
    "answers to calls",
    forgetOld,
    25,
    `insert into idempotency_keys (tenant_id, actor_id, key, fingerprint, claimed_at)
     values ($1, gen_random_uuid(), 'key', '', $2)`,
    "select from idempotency_keys where tenant_id = $1",
  ],
  [
    "counts of searches",
    forgetOld,
    402 * 24,
    `insert into search_queries (tenant_id, day, locale, kind, query, searches, without_results)
     values ($1, $2, 'en', 'all', 'mug', 1, 0)`,
    "select from search_queries where tenant_id = $1",
  ],
  [
    "suggestions",
    forgetOld,
    32 * 24,
    `insert into search_popular (tenant_id, locale, query, score, last_day)
     values ($1, 'en', 'mug', 1, $2)`,
    "select from search_popular where tenant_id = $1",
  ],
  [
    "requests",
    forgetOldSignIns,
    1,
    `insert into account_requests (id, tenant_id, purpose, email, locale, expires_at)
     values (gen_random_uuid(), $1, 'registration', 'jo@example.com', 'en', $2)`,
    "select from account_requests where tenant_id = $1",
  ],
  [
    "read models",
    removeOldGenerations,
    2,
    `insert into index_generations (tenant_id, kind, generation, state, retired_at)
     values ($1, 'product', 7, 'previous', $2)`,
    "select from index_generations where tenant_id = $1 and generation = 7",
  ],
];

test.each(leftovers)(
  "%s that are old enough: only whose they are is visited",
  async (_, job, age, insert, left) => {
    const [old, recent] = [await anEditor(), await anEditor()];
    await anEditor();
    expect(await visited(job)).toEqual([]);
    await owner.query(insert, [old.tenant.id, hours(age)]);
    await owner.query(insert, [recent.tenant.id, hours(-24)]);
    expect(await visited(job)).toEqual([old.tenant.id]);
    expect((await owner.query(left, [old.tenant.id])).rowCount).toBe(0);
    expect((await owner.query(left, [recent.tenant.id])).rowCount).toBe(1);
    expect(await visited(job)).toEqual([]);
  },
);

test("only tenants are visited whose comments still tell where they came from a day ago", async () => {
  const editors = [await anEditor(), await anEditor()];
  for (const [n, editor] of editors.entries()) {
    const { id } = await aNode(editor, { kind: "comment" });
    await owner.query(
      `insert into blog_comments (tenant_id, comment_id, address, created_at)
       values ($1, $2, '192.0.2.1', $3)`,
      [editor.tenant.id, id, hours(n === 0 ? 25 : 1)],
    );
  }
  expect(await visited(forgetCommentAddresses)).toEqual([editors[0]?.tenant.id]);
  const { rows } = await owner.query(
    "select address from blog_comments where tenant_id = any ($1) order by created_at",
    [editors.map(({ tenant }) => tenant.id)],
  );
  expect(rows).toEqual([{ address: null }, { address: "192.0.2.1" }]);
  expect(await visited(forgetCommentAddresses)).toEqual([]);
});

test("only tenants are visited whose sessions ended a month ago", async () => {
  const { tenant } = await anEditor();
  const userId = newId();
  await owner.query(
    "insert into users (id, tenant_id, email, name, role) values ($1, $2, 'jo@example.com', 'Jo', 'editor')",
    [userId, tenant.id],
  );
  const insert = `insert into sessions (id, tenant_id, user_id, method, salt, expires_at)
    values (gen_random_uuid(), $1, $2, 'password', '', $3)`;
  await owner.query(insert, [tenant.id, userId, hours(29 * 24)]);
  expect(await visited(forgetOldSignIns)).toEqual([]);
  await owner.query(insert, [tenant.id, userId, hours(31 * 24)]);
  expect(await visited(forgetOldSignIns)).toEqual([tenant.id]);
  expect(
    (await owner.query("select from sessions where tenant_id = $1", [tenant.id])).rowCount,
  ).toBe(1);
});
