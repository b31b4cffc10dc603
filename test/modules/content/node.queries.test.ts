import { describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { BadUserInput } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { nodes } from "#modules/content";
import { installation } from "#test/installation";
import { find, get, type NodeFilter, NodeSort } from "../../../src/modules/content/node.queries.ts";
import { aCategory, aNode, anAuthor, aTag } from "./a-node.ts";
import { statementsOf } from "./statements.ts";

const { anEditor, aTenant, owner } = await installation();

const all = { first: 100 };

const titled = (title: string, slug = title.toLowerCase()) => [{ locale: "en", slug, title }];

const titlesOf = async (ctx: RequestContext, filter?: NodeFilter, sort?: NodeSort) =>
  (await find(ctx, all, filter, sort)).edges.map(({ node }) => node.translations[0]?.title);

/** Two pages, one below the other, and two posts: one by Ada in News, one tagged. */
async function aSite() {
  const editor = await anEditor();
  const ada = await anAuthor(editor);
  const news = await aCategory(editor, "news");
  const fresh = await aTag(editor, "fresh");
  const about = await aNode(editor, { kind: "page", translations: titled("About") });
  const team = await aNode(editor, {
    kind: "page",
    parentId: about.id,
    translations: titled("Team"),
  });
  const opening = await aNode(editor, {
    status: "published",
    authorId: ada.id,
    categoryIds: [news],
    translations: [
      { locale: "de", slug: "eroeffnung", title: "Eröffnung" },
      { locale: "en", slug: "opening", title: "Opening 100%" },
    ],
  });
  const linen = await aNode(editor, {
    status: "published",
    tagIds: [fresh],
    translations: titled("Linen"),
  });
  return { editor, ada, news, fresh, about, team, opening, linen };
}

describe("the list of nodes", () => {
  test("holds what every condition of its filter lets through", async () => {
    const { editor, ada, news, fresh, about, team, opening, linen } = await aSite();
    await owner.query("update nodes set updated_at = '2020-01-01Z' where id = any ($1)", [
      [about.id, team.id],
    ]);
    const cases: [NodeFilter, { id: string }[]][] = [
      [{}, [about, team, opening, linen]],
      [{ status: "published" }, [opening, linen]],
      [{ kind: { eq: "page" } }, [about, team]],
      [{ kind: { in: ["post", "comment"] } }, [opening, linen]],
      [{ parentId: { eq: about.id } }, [team]],
      [{ authorId: { in: [ada.id] } }, [opening]],
      [{ categoryId: { eq: news } }, [opening]],
      [{ tagId: { eq: fresh } }, [linen]],
      [{ tagId: { eq: newId() } }, []],
      [{ title: { contains: "LIN" } }, [linen]],
      [{ title: { contains: "0%" } }, [opening]],
      [{ title: { contains: "_" } }, []],
      [{ slug: { eq: "eroeffnung" } }, [opening]],
      [{ slug: { eq: "eroeffnung" }, title: { eq: "Opening 100%" } }, []],
      [{ updatedAt: { lte: new Date("2021-01-01") } }, [about, team]],
      [{ updatedAt: { gte: new Date("2021-01-01") } }, [opening, linen]],
      [{ kind: { eq: "post" }, categoryId: { eq: news }, tagId: { eq: fresh } }, []],
    ];
    for (const [filter, expected] of cases) {
      const { edges, totalCount } = await find(editor, all, filter);
      const ids = edges.map(({ node }) => node.id);
      expect(ids.toSorted(), JSON.stringify(filter)).toEqual(
        expected.map(({ id }) => id).toSorted(),
      );
      expect(totalCount).toBe(expected.length);
    }
  });

  test("comes in the order that is asked for", async () => {
    const editor = await anEditor();
    const first = await aNode(editor, { position: 2, translations: titled("Éclair") });
    await aNode(editor, { position: 1, translations: titled("zebra") });
    await aNode(editor, { position: 3, translations: titled("Egg") });
    await nodes.update(editor, { id: first.id, fields: { changed: true } });
    expect(await titlesOf(editor)).toEqual(["Egg", "zebra", "Éclair"]);
    expect(await titlesOf(editor, {}, NodeSort.UPDATED)).toEqual(["Éclair", "Egg", "zebra"]);
    expect(await titlesOf(editor, {}, NodeSort.POSITION)).toEqual(["zebra", "Éclair", "Egg"]);
    expect(await titlesOf(editor, {}, NodeSort.TITLE)).toEqual(["Éclair", "Egg", "zebra"]);
  });

  test("by title goes by the tenant's default locale, else by any other", async () => {
    const editor = await anEditor(await aTenant({ defaultLocale: "de" }));
    const both = (en: string, de: string) => [
      { locale: "en", slug: en, title: en },
      { locale: "de", slug: de, title: de },
    ];
    const late = await aNode(editor, { translations: both("apple", "zitrone") });
    const early = await aNode(editor, { translations: both("zebra", "affe") });
    const english = await aNode(editor, { translations: titled("middle") });
    const { edges } = await find(editor, all, {}, NodeSort.TITLE);
    expect(edges.map(({ node }) => node.id)).toEqual([early.id, english.id, late.id]);
  });

  test.each(Object.values(NodeSort))(
    "by %s is paged through without a gap or a repeat",
    async (sort) => {
      const editor = await anEditor();
      await inTransaction(editor, async (tx) => {
        for (let n = 0; n < 7; n += 1) {
          await aNode(tx, {
            position: n % 3,
            translations: titled(`Title ${n % 2}`, `slug-${sort}-${n}`),
          });
        }
      });
      const whole = (await find(editor, all, {}, sort)).edges.map(({ node }) => node.id);
      const paged: string[] = [];
      let after: string | null = null;
      for (let page = 0; page < 3; page += 1) {
        const found = await find(editor, { first: 3, after }, {}, sort);
        paged.push(...found.edges.map(({ node }) => node.id));
        expect(found.totalCount).toBe(7);
        expect(found.pageInfo).toMatchObject({ hasNextPage: page < 2, hasPreviousPage: page > 0 });
        expect(found.pageInfo.endCursor).toBe(found.edges.at(-1)?.cursor);
        after = found.pageInfo.endCursor;
      }
      expect(paged).toEqual(whole);
      expect(new Set(paged).size).toBe(7);
    },
  );

  test("is read with as many statements for thirty nodes as for one", async () => {
    const editor = await anEditor();
    const body = { format: "html", source: "x" };
    await inTransaction(editor, async (tx) => {
      for (let n = 0; n < 30; n += 1) {
        await aNode(tx, { translations: [{ ...titled(`N${n}`)[0], body }] });
      }
    });
    const one = await statementsOf(() => find(editor, { first: 1 }));
    const thirty = await statementsOf(() => find(editor, { first: 30 }));
    expect(thirty).toEqual(one);
    expect(one).toHaveLength(9);
  });

  test("refuses a cursor that is none, or another list's", async () => {
    const editor = await anEditor();
    await aNode(editor);
    const { endCursor } = (await find(editor, all, {}, NodeSort.POSITION)).pageInfo;
    const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const after of ["!", "e30", json(["x"]), json([1, 2, 3]), endCursor]) {
      await expect(find(editor, { first: 3, after }), String(after)).rejects.toThrow(BadUserInput);
    }
  });

  test("shows a tenant nothing of another", async () => {
    const { editor, about } = await aSite();
    const stranger = await anEditor();
    expect(await find(stranger, all)).toMatchObject({ edges: [], totalCount: 0 });
    expect(await find(stranger, all, { title: { contains: "" } })).toMatchObject({ totalCount: 0 });
    expect(await get(stranger, about.id)).toBeNull();
    expect(await get(editor, about.id)).toMatchObject({ id: about.id });
  });
});
