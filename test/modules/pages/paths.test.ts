import { describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { BadUserInput, NotFound, StaleRevision } from "#kernel/errors";
import { nodes } from "#modules/content";
import { refreshContent } from "#modules/index";
import { pages, refreshAllPages, refreshPages, verifyPages } from "#modules/pages";
import { eventsOf, installation } from "#test/installation";
import { holdRows, untilWaiting } from "#test/held-rows";
import { server } from "#test/server";
import { aNode, english } from "../content/a-node.ts";

const { anEditor, owner } = await installation();
const client = await server();

/** Published, in English unless said otherwise; nothing has projected it yet. */
const aPage = async (ctx: RequestContext, slug: string, more: Record<string, unknown> = {}) =>
  (
    await aNode(ctx, {
      kind: "page",
      status: "published",
      translations: [english(slug, { title: slug.toUpperCase() })],
      ...more,
    })
  ).id;

/** Does what the jobs do after a change of these. */
async function project(ctx: RequestContext, ids: string[]): Promise<void> {
  await refreshContent(ctx, ids);
  await refreshPages(ctx, ids);
}

const rename = (ctx: RequestContext, id: string, slug: string) =>
  nodes.update(ctx, { id, translations: [english(slug, { title: slug.toUpperCase() })] });

async function at({ tenant }: RequestContext, path: string, locale?: string) {
  const { data } = await client.graphql<{
    page: { moved: boolean; page: { id: string; path: string } } | null;
  }>(
    tenant,
    `query ($path: String!, $locale: String) {
      page(path: $path, locale: $locale) { moved page { id path } } }`,
    { path, locale },
  );
  return data.page && [data.page.page.id, data.page.page.path, data.page.moved];
}

async function treeOf({ tenant }: RequestContext) {
  const { data } = await client.graphql<{ pageTree: { path: string; children: unknown }[] }>(
    tenant,
    "{ pageTree { path children { path children { path } } } }",
  );
  return data.pageTree;
}

const differences = (ctx: RequestContext) => Array.fromAsync(verifyPages(ctx));

describe("a page", () => {
  test("is found at the slugs that lead to it, whatever slashes are around them", async () => {
    const editor = await anEditor();
    const about = await aPage(editor, "about");
    const team = await aPage(editor, "team", { parentId: about });
    await project(editor, [about, team]);
    expect(await at(editor, "/about/team")).toEqual([team, "/about/team", false]);
    expect(await at(editor, "about/team/")).toEqual([team, "/about/team", false]);
    expect(await at(editor, "/team")).toBeNull();
    expect(await at(editor, `about${"/".repeat(900_000)}team`)).toEqual([
      team,
      "/about/team",
      false,
    ]);
    expect(await at(await anEditor(), "/about")).toBeNull();
    const { data } = await client.graphql<{ page: { page: unknown } }>(
      editor.tenant,
      `{ page(path: "/about/team") { page { title breadcrumb { path title } } } }`,
    );
    expect(data.page.page).toEqual({
      title: "TEAM",
      breadcrumb: [
        { path: "/about", title: "ABOUT" },
        { path: "/about/team", title: "TEAM" },
      ],
    });
  });

  test("has a path in each locale; of two at one, the one at home there goes first", async () => {
    const editor = await anEditor();
    const about = await aPage(editor, "about", {
      translations: [english("about"), { locale: "de", slug: "über-uns", title: "Über uns" }],
    });
    const team = await aPage(editor, "team", { parentId: about });
    const german = await aPage(editor, "crew", {
      parentId: about,
      translations: [{ locale: "de", slug: "team", title: "Mannschaft" }],
    });
    await project(editor, [about, team, german]);
    expect(await at(editor, "/über-uns/team", "de")).toEqual([german, "/über-uns/team", false]);
    expect(await at(editor, "/about/team", "en")).toEqual([team, "/about/team", false]);
  });

  test("is seen while it and all above it are published", async () => {
    const editor = await anEditor();
    const about = await aPage(editor, "about");
    const team = await aPage(editor, "team", { parentId: about });
    await project(editor, [about, team]);
    await nodes.unpublish(editor, { id: about });
    await project(editor, [about]);
    expect([await at(editor, "/about"), await at(editor, "/about/team")]).toEqual([null, null]);
    expect(await treeOf(editor)).toEqual([]);
    await nodes.publish(editor, { id: about });
    await project(editor, [about]);
    expect(await at(editor, "/about/team")).toEqual([team, "/about/team", false]);
  });
});

describe("a path that a page has left", () => {
  test("leads to wherever it is, however often it moved, and so for all below it", async () => {
    const editor = await anEditor();
    const about = await aPage(editor, "about");
    const team = await aPage(editor, "team", { parentId: about });
    await project(editor, [about, team]);
    for (const slug of ["company", "who-we-are"]) {
      await rename(editor, about, slug);
      await project(editor, [about]);
    }
    for (const path of ["/about/team", "/company/team"]) {
      expect(await at(editor, path)).toEqual([team, "/who-we-are/team", true]);
    }
    expect(await at(editor, "/company")).toEqual([about, "/who-we-are", true]);
  });

  test("is its own again when it comes back, and another's when that comes there", async () => {
    const editor = await anEditor();
    const one = await aPage(editor, "one");
    const two = await aPage(editor, "two");
    await project(editor, [one, two]);
    await rename(editor, one, "three");
    await project(editor, [one]);
    await rename(editor, two, "one");
    await project(editor, [two]);
    expect(await at(editor, "/one")).toEqual([two, "/one", false]);
    expect(await at(editor, "/two")).toEqual([two, "/one", true]);
    await rename(editor, two, "two");
    await project(editor, [two]);
    expect(await at(editor, "/two")).toEqual([two, "/two", false]);
    expect(await at(editor, "/one")).toEqual([two, "/two", true]);
    expect(await at(editor, "/three")).toEqual([one, "/three", false]);
  });

  test("leads nowhere once the page is deleted, or an editor says so", async () => {
    const editor = await anEditor();
    const [one, two] = [await aPage(editor, "one"), await aPage(editor, "two")];
    await project(editor, [one, two]);
    await rename(editor, one, "uno");
    await rename(editor, two, "due");
    await project(editor, [one, two]);
    await nodes.remove(editor, { id: one });
    await project(editor, [one]);
    expect([await at(editor, "/one"), await at(editor, "/uno")]).toEqual([null, null]);

    const { rows } = await owner.query<{ id: string }>(
      "select id from page_redirects where tenant_id = $1 and path = '/two' and locale = 'en'",
      [editor.tenant.id],
    );
    const id = rows[0]?.id ?? "";
    const stranger = await anEditor();
    await expect(pages.removeRedirect(stranger, id)).rejects.toThrow(NotFound);
    expect(await at(editor, "/two")).toEqual([two, "/due", true]);
    await pages.removeRedirect(editor, id);
    expect(await at(editor, "/two")).toBeNull();
    expect((await eventsOf(editor)).at(-1)).toEqual({
      type: "page-redirect.deleted",
      payload: { redirectId: id, pageId: two },
    });
  });

  test("is left behind though the change was not heard of when it was made", async () => {
    const editor = await anEditor();
    const one = await aPage(editor, "one");
    await project(editor, [one]);
    await rename(editor, one, "uno");
    expect(await differences(editor)).toMatchObject([
      { id: one, locale: "de", reason: "stale" },
      { id: one, locale: "en", reason: "stale" },
    ]);
    await refreshAllPages(editor);
    await refreshContent(editor, [one]);
    expect(await differences(editor)).toEqual([]);
    expect(await at(editor, "/one")).toEqual([one, "/uno", true]);
  });
});

describe("moving a page", () => {
  const fourPages = async () => {
    const editor = await anEditor();
    const ids = [];
    for (const [position, slug] of ["a", "b", "c", "d"].entries()) {
      ids.push(await aPage(editor, slug, { position }));
    }
    await project(editor, ids);
    const [a = "", b = "", c = "", d = ""] = ids;
    return { editor, a, b, c, d, ids };
  };
  const order = async ({ editor, ids }: { editor: RequestContext; ids: string[] }) => {
    await project(editor, ids);
    return (await treeOf(editor)).map(({ path }) => path.slice(1)).join("");
  };

  test("puts it before a sibling, or last", async () => {
    const site = await fourPages();
    const { editor, a, b, d } = site;
    await pages.move(editor, { id: d, beforeId: b });
    expect(await order(site)).toBe("adbc");
    await pages.move(editor, { id: a });
    expect(await order(site)).toBe("dbca");
  });

  test("to the front changes no other page but once in a while, when there is no room left", async () => {
    const site = await fourPages();
    const { editor, b, c, d } = site;
    const moved = async (id: string, beforeId: string) => {
      const before = (await eventsOf(editor)).length;
      await pages.move(editor, { id, beforeId });
      return (await eventsOf(editor)).length - before;
    };
    // Positions next to each other leave no room: once all of them move apart.
    expect(await moved(d, b)).toBe(4);
    expect(await order(site)).toBe("adbc");
    expect(await moved(c, d)).toBe(1);
    expect(await order(site)).toBe("acdb");
    let events = 0;
    for (let turn = 0; turn < 10; turn += 1) {
      events += await moved(b, c);
      events += await moved(c, b);
    }
    expect(await order(site)).toBe("acbd");
    // Twenty moves; without room between them it would be twice as many at least.
    expect(events).toBeLessThanOrEqual(26);
  });

  test("puts it below another, with all below it, and the old paths lead there", async () => {
    const site = await fourPages();
    const { editor, a, b, c } = site;
    const deep = await aPage(editor, "deep", { parentId: b });
    await project(editor, [deep]);
    await pages.move(editor, { id: b, parentId: a });
    await pages.move(editor, { id: c, parentId: a, beforeId: b });
    await project(editor, site.ids);
    expect(await treeOf(editor)).toEqual([
      {
        path: "/a",
        children: [
          { path: "/a/c", children: [] },
          { path: "/a/b", children: [{ path: "/a/b/deep" }] },
        ],
      },
      { path: "/d", children: [] },
    ]);
    expect(await at(editor, "/b/deep")).toEqual([deep, "/a/b/deep", true]);
  });

  test("is refused, and changes nothing, into itself, below a post, before a stranger, or unseen", async () => {
    const site = await fourPages();
    const { editor, a, b, c } = site;
    await pages.move(editor, { id: b, parentId: a });
    const post = (await aNode(editor)).id;
    const before = (await eventsOf(editor)).length;
    const refusals = [
      { given: { id: a, parentId: b }, error: BadUserInput },
      { given: { id: c, parentId: post }, error: BadUserInput },
      { given: { id: c, beforeId: b }, error: BadUserInput },
      { given: { id: c, revision: 7, parentId: a }, error: StaleRevision },
      { given: { id: post }, error: NotFound },
    ];
    for (const { given, error } of refusals) {
      await expect(pages.move(editor, given)).rejects.toThrow(error);
    }
    expect((await eventsOf(editor)).length).toBe(before);
    expect(await order(site)).toBe("acd");
  });

  test("of all at once leaves each in a place of its own", async () => {
    const site = await fourPages();
    const { editor, ids } = site;
    await Promise.all(ids.map((id) => pages.move(editor, { id })));
    const { rows } = await owner.query<{ position: number }>(
      "select position from nodes where tenant_id = $1 order by position",
      [editor.tenant.id],
    );
    expect(new Set(rows.map(({ position }) => position)).size).toBe(4);
    expect(await order(site)).toHaveLength(4);
  });
});

test("projections in any order, twice and at once, end with what the source says", async () => {
  const editor = await anEditor();
  const ids = [];
  for (const slug of ["a", "b", "c", "d"]) ids.push(await aPage(editor, slug));
  const [a = "", b = "", c = "", d = ""] = ids;
  await Promise.all([
    refreshPages(editor, ids),
    pages.move(editor, { id: b, parentId: a }).then(() => refreshPages(editor, [b])),
    refreshPages(editor, [d, a]),
    rename(editor, c, "cc").then(() => refreshPages(editor, [c])),
    nodes.remove(editor, { id: d }).then(() => refreshPages(editor, [d])),
    refreshAllPages(editor),
  ]);
  expect(await differences(editor)).toEqual([]);
});

test("a projection that was held up does not write what it read over what another read later", async () => {
  const editor = await anEditor();
  const [first, second] = [await aPage(editor, "first"), await aPage(editor, "second")];
  await refreshPages(editor, [first, second]);
  const retitle = (id: string, slug: string, title: string) =>
    nodes.update(editor, { id, translations: [english(slug, { title })] });
  await retitle(first, "first", "Early");
  await retitle(second, "second", "Early");

  const release = await holdRows("select from page_paths where page_id = $1 for update", [first]);
  const heldUp = refreshPages(editor, [first, second]);
  await untilWaiting(1, heldUp);
  await retitle(second, "second", "Late");
  const later = refreshPages(editor, [second]);
  await untilWaiting(2, later);
  await release();
  await Promise.all([heldUp, later]);
  expect(await differences(editor)).toEqual([]);
});
