import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { publishDueNodes } from "#jobs/publish-due-nodes";
import { publishDueProducts } from "#jobs/publish-due-products";
import { eventsOf, installation, log } from "#test/installation";
import { as, create } from "../modules/content/operations.ts";

const { anEditor, db, owner } = await installation();

/** What two kinds of things have in common, so that both are put to the same tests. */
const kinds = {
  node: {
    job: publishDueNodes,
    create: "createNode",
    update: "updateNode",
    publish: "publishNode",
    unpublish: "unpublishNode",
    input: "Node",
    permission: "content",
    given: () => ({
      kind: "post",
      translations: [{ locale: "en", slug: `p-${newId()}`, title: "P" }],
    }),
  },
  product: {
    job: publishDueProducts,
    create: "createProduct",
    update: "updateProduct",
    publish: "publishProduct",
    unpublish: "unpublishProduct",
    input: "Product",
    permission: "commerce",
    given: () => ({ handle: `p-${newId()}`, translations: [{ locale: "en", title: "P" }] }),
  },
};
const fields = "id status revision publishAt unpublishAt publishedAt";
interface Timed {
  id: string;
  status: string;
  revision: number;
  publishAt: string | null;
  unpublishAt: string | null;
  publishedAt: string | null;
}

const noon = new Date("2031-03-30T12:00:00Z");
const at = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const clockAt = (moment: Date) => vi.setSystemTime(moment);

let editor: RequestContext;
beforeEach(async () => {
  editor = await anEditor();
  vi.useFakeTimers({ now: noon, toFake: ["Date"] });
});
afterEach(() => vi.useRealTimers());

for (const [name, kind] of Object.entries(kinds)) {
  const call = async (what: "create" | "update" | "publish" | "unpublish", input: object) => {
    const type =
      what === "create" || what === "update"
        ? `${what === "create" ? "Create" : "Update"}${kind.input}Input`
        : "KeyInput";
    const { data, errors } = await as(
      editor,
      `mutation ($input: ${type}!) { done: ${kind[what]}(input: $input) { ${fields} } }`,
      { input },
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return (data as { done: Timed }).done;
  };
  const aThing = (more: object) => call("create", { ...kind.given(), ...more });
  const reload = async (id: string): Promise<Timed> => {
    const { data } = await as(
      editor,
      `query ($id: Id!) { found: admin${kind.input}(id: $id) { ${fields} } }`,
      { id },
    );
    return (data as { found: Timed }).found;
  };
  const turn = (moment: Date) => {
    clockAt(moment);
    return kind.job.run({ db, log });
  };
  const types = async () => (await eventsOf(editor)).map(({ type }) => type.split(".")[1]);

  test(`a ${name} is published and hidden at its times, each once, with its events and revisions`, async () => {
    // The same moment, said in a zone that puts its clocks forward on that day.
    const { id, ...planned } = await aThing({
      publishAt: "2031-03-30T14:10:00+02:00",
      unpublishAt: at(60),
    });
    expect(planned).toMatchObject({
      status: "draft",
      publishAt: at(10).toISOString(),
      unpublishAt: at(60).toISOString(),
    });
    await turn(at(9));
    expect(await reload(id)).toMatchObject({ status: "draft", revision: 1 });

    await Promise.all([turn(at(11)), kind.job.run({ db, log }), kind.job.run({ db, log })]);
    expect(await reload(id)).toMatchObject({
      status: "published",
      revision: 2,
      publishAt: null,
      unpublishAt: at(60).toISOString(),
      publishedAt: at(10).toISOString(),
    });
    await turn(at(61));
    await turn(at(62));
    expect(await reload(id)).toMatchObject({ status: "draft", revision: 3, unpublishAt: null });
    expect(await types()).toEqual(["created", "published", "unpublished"]);
  });

  test(`a ${name}'s plan is taken back by null, and done by hand it is over`, async () => {
    const { id } = await aThing({ publishAt: at(10) });
    await call("update", { id, publishAt: null });
    await turn(at(11));
    expect(await reload(id)).toMatchObject({ status: "draft", publishAt: null });

    clockAt(noon);
    await call("update", { id, publishAt: at(10), unpublishAt: at(20) });
    expect(await call("publish", { id })).toMatchObject({
      publishAt: null,
      unpublishAt: at(20).toISOString(),
    });
    expect(await call("unpublish", { id })).toMatchObject({ unpublishAt: null });
    const before = await types();
    await turn(at(30));
    expect(await types()).toEqual(before);
  });

  test(`what a ${name} was to be while nothing ran, it is not shown as after that`, async () => {
    const over = await aThing({ publishAt: at(10), unpublishAt: at(20) });
    const back = await aThing({ status: "published", unpublishAt: at(10), publishAt: at(20) });
    await turn(at(30));
    expect(await reload(over.id)).toMatchObject({
      status: "draft",
      publishedAt: null,
      publishAt: null,
      unpublishAt: null,
    });
    expect(await reload(back.id)).toMatchObject({ status: "published", publishAt: null });
    expect((await types()).filter((type) => type === "published")).toHaveLength(1);
    expect(await types()).not.toContain("unpublished");
  });

  test(`a plan for a ${name} needs the right to publish, a zone, and sense`, async () => {
    const mutation = `mutation ($input: Create${kind.input}Input!) { ${kind.create}(input: $input) { id } }`;
    const writer: RequestContext = {
      ...editor,
      actor: {
        kind: "user",
        userId: newId(),
        sessionId: newId(),
        permissions: new Set([`${kind.permission}:write`, `${kind.permission}:read`]),
      },
    };
    const refused = await as(writer, mutation, { input: { ...kind.given(), publishAt: at(1) } });
    expect(refused.errors).toMatchObject([
      { extensions: { code: "FORBIDDEN", permission: `${kind.permission}:publish` } },
    ]);
    const vague = await as(editor, mutation, {
      input: { ...kind.given(), publishAt: "2031-03-30T14:10:00" },
    });
    expect(vague.errors).toHaveLength(1);
    const { errors } = await as(editor, mutation, {
      input: { ...kind.given(), status: "published", publishAt: at(1), unpublishAt: at(1) },
    });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      issues: [
        { path: ["unpublishAt"], message: "must be another moment than publishAt" },
        { path: ["publishAt"] },
      ],
    });
    expect(await types()).toEqual([]);
  });
}

test("a suspended tenant's things wait, and one that cannot be published holds up no other", async () => {
  const plan = async (ctx: RequestContext) => {
    const input = { ...kinds.node.given(), publishAt: at(10) };
    const { data } = await as(ctx, create, { input });
    return data["createNode"]?.id ?? "";
  };
  const [asleep, faulty, well] = [await anEditor(), await anEditor(), await anEditor()];
  const [waits, fails, works] = [await plan(asleep), await plan(faulty), await plan(well)];
  await owner.query("update tenants set suspended_at = now() where id = $1", [asleep.tenant.id]);
  await owner.query(
    `create function refuse() returns trigger language plpgsql as
     $$ begin raise exception 'not now'; end $$;
     create trigger refuse before update on nodes for each row when (old.id = '${fails}') execute function refuse()`,
  );
  clockAt(at(11));
  const run = () => publishDueNodes.run({ db, log: log.child({}, { level: "silent" }) });
  await run();
  const statusOf = async (id: string) =>
    (await owner.query<{ status: string }>("select status from nodes where id = $1", [id])).rows[0]
      ?.status;
  expect([await statusOf(waits), await statusOf(fails), await statusOf(works)]).toEqual([
    "draft",
    "draft",
    "published",
  ]);
  await owner.query("drop trigger refuse on nodes");
  await owner.query("update tenants set suspended_at = null where id = $1", [asleep.tenant.id]);
  await run();
  expect([await statusOf(waits), await statusOf(fails)]).toEqual(["published", "published"]);
});

test("more than a page of them are done in one turn", async () => {
  await owner.query(
    `insert into nodes (id, tenant_id, kind, publish_at)
     select gen_random_uuid(), $1, 'post', $2 from generate_series(1, 60)`,
    [editor.tenant.id, at(10)],
  );
  clockAt(at(11));
  await publishDueNodes.run({ db, log });
  const { rows } = await owner.query<{ n: number }>(
    "select count(*)::int as n from nodes where tenant_id = $1 and status = 'published'",
    [editor.tenant.id],
  );
  expect(rows).toEqual([{ n: 60 }]);
});
