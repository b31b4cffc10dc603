import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { openQueues } from "#processes/queues";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { indexContent } from "#jobs/index-content";

const { anEditor, db, owner } = await installation();
const client = await server();

interface Shown {
  id: string;
  name: string;
  state: string;
  eventIds: string[];
  attempts: number;
  reason: string | null;
}

const fields =
  "id name state eventIds attempts maxAttempts reason addedAt startedAt finishedAt dueAt";
const listed = `query ($filter: JobFilter, $first: Int, $after: String) {
  jobs(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { ${fields} } }
  }
}`;

let ours: RequestContext;
let theirs: RequestContext;
const eventIds = [newId(), newId(), newId()];

/** Each has three jobs for content, of which the first has failed. */
beforeAll(async () => {
  [ours, theirs] = [await anEditor(), await anEditor()];
  const queues = openQueues({
    databaseUrl: db.url,
    jobs: [indexContent],
    onError: () => {},
  });
  afterwards(() => queues.close());
  for (const { tenant } of [ours, theirs]) {
    for (const eventId of eventIds) {
      const data = { tenantId: tenant.id, eventIds: [eventId], payload: { nodeIds: [newId()] } };
      await queues.enqueue([{ job: indexContent, data }]);
    }
  }
  await owner.query(
    `update bullmq.job
     set state = 'failed', failed_reason = 'no room', attempts_made = 8, finished_at_ms = added_at_ms + 5
     where data -> 'eventIds' ->> 0 = $1`,
    [eventIds[0]],
  );
});

async function ask<Data>(
  who: RequestContext,
  query: string,
  variables: Record<string, unknown> = {},
) {
  const token = await client.tokenFor(who);
  return client.graphql<Data>(who.tenant, query, variables, token);
}

const jobsOf = async (who: RequestContext, variables: Record<string, unknown> = {}) => {
  type Page = { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string } };
  const { data } = await ask<{ jobs: Page & { edges: { node: Shown }[] } }>(who, listed, variables);
  return { ...data.jobs, nodes: data.jobs.edges.map(({ node }) => node) };
};

test("a tenant lists its jobs page by page, and none of another's", async () => {
  const first = await jobsOf(ours, { first: 2 });
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
  const second = await jobsOf(ours, { first: 2, after: first.pageInfo.endCursor });
  expect(second).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: false } });
  const all = [...first.nodes, ...second.nodes];
  expect(all.map(({ eventIds: [id] }) => id)).toEqual(eventIds.toReversed());
  const others = new Set((await jobsOf(theirs)).nodes.map(({ id }) => id));
  expect(others.size).toBe(3);
  expect(all.filter(({ id }) => others.has(id))).toEqual([]);
});

test("the filter takes state, name, event and time", async () => {
  const found = async (filter: object) =>
    (await jobsOf(ours, { filter })).nodes.map(({ eventIds: [id] }) => eventIds.indexOf(id ?? ""));
  expect(await found({ state: { eq: "FAILED" } })).toEqual([0]);
  expect(await found({ state: { in: ["WAITING", "DELAYED"] } })).toEqual([2, 1]);
  expect(await found({ name: { contains: "content" } })).toEqual([2, 1, 0]);
  expect(await found({ name: { eq: "index-products" } })).toEqual([]);
  expect(await found({ eventId: { in: [eventIds[1]] } })).toEqual([1]);
  expect(await found({ addedAt: { lte: "2020-01-01T00:00:00Z" } })).toEqual([]);
});

test("a cursor of something else is refused", async () => {
  const { errors } = await ask(ours, listed, { after: "no cursor" });
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
});

test("a dead letter is retried and discarded by its own tenant alone, and the audit log says who did", async () => {
  const [dead] = (await jobsOf(ours, { filter: { state: { eq: "FAILED" } } })).nodes;
  expect(dead).toMatchObject({ attempts: 8, reason: "no room" });
  const change = (verb: string) =>
    `mutation ($id: ID!) { ${verb}Job(input: { id: $id }) { id state attempts reason } }`;
  const one = "query ($id: ID!) { job(id: $id) { id state } }";

  expect(await ask(theirs, one, { id: dead?.id })).toEqual({ data: { job: null } });
  for (const verb of ["retry", "discard"]) {
    const { errors } = await ask(theirs, change(verb), { id: dead?.id });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND" });
  }
  expect(await ask(ours, one, { id: dead?.id })).toEqual({
    data: { job: { id: dead?.id, state: "FAILED" } },
  });

  expect(await ask(ours, change("retry"), { id: dead?.id })).toMatchObject({
    data: { retryJob: { id: dead?.id, state: "WAITING", attempts: 0, reason: null } },
  });
  const again = await ask(ours, change("retry"), { id: dead?.id });
  expect(again.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT" });
  expect(await ask(ours, change("discard"), { id: dead?.id })).toMatchObject({
    data: { discardJob: { id: dead?.id, state: "WAITING" } },
  });
  expect(await ask(ours, one, { id: dead?.id })).toEqual({ data: { job: null } });

  const { rows } = await owner.query(
    `select action, subject_id, actor_id, tenant_id, changes from audit_log
     where action like 'job.%' order by id`,
  );
  const entry = {
    subject_id: eventIds[0],
    actor_id: ours.actor.kind === "user" && ours.actor.userId,
    tenant_id: ours.tenant.id,
  };
  const job = { entity: "Job", id: dead?.id };
  expect(rows).toEqual([
    {
      ...entry,
      action: "job.retried",
      changes: [
        {
          ...job,
          kind: "updated",
          fields: [{ name: "state", before: "failed", after: "waiting" }],
        },
      ],
    },
    {
      ...entry,
      action: "job.discarded",
      changes: [
        { ...job, kind: "deleted", fields: [{ name: "state", before: "waiting", after: null }] },
      ],
    },
  ]);
});
