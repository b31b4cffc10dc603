import { describe, expect, test } from "vitest";
import { Node } from "#entities/content/node";
import type { RequestContext } from "#kernel/context";
import { BadUserInput, Conflict, NotFound, StaleRevision } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { inTransaction } from "#kernel/transaction";
import { authors, createAuthor, createNode, nodes, updateNode } from "#modules/content";
import { categories, tags } from "#modules/taxonomy";
import { eventsOf, installation } from "#test/installation";
import { aNode, rowsOf } from "./a-node.ts";
import { statementsOf } from "./statements.ts";

const { anEditor, aTenant, owner } = await installation();

const anAuthor = (ctx: RequestContext) =>
  authors.create(ctx, createAuthor.parse({ handle: "ada", name: "Ada" }));

const aCategory = async (ctx: RequestContext, handle: string, scope: "product" | "content") =>
  (
    await categories.create(ctx, {
      scope,
      handle,
      position: 0,
      translations: [{ locale: "en", name: handle }],
    })
  ).id;

const aTag = async (ctx: RequestContext, handle: string, scope: "product" | "content") =>
  (await tags.create(ctx, { scope, handle, name: handle })).id;

const nodesOf = async (ctx: RequestContext) =>
  (
    await owner.query(
      "select id, status, revision::int, position from nodes where tenant_id = $1 order by id",
      [ctx.tenant.id],
    )
  ).rows;

const english = (slug: string, more = {}) => ({ locale: "en", slug, title: "Hello", ...more });

describe("a new node", () => {
  test("is on record whole, with its event", async () => {
    const editor = await anEditor();
    const author = await anAuthor(editor);
    const [categoryId, tagId] = [
      await aCategory(editor, "news", "content"),
      await aTag(editor, "fresh", "content"),
    ];
    const node = await aNode(editor, {
      authorId: author.id,
      fields: { hero: { image: "/a.jpg" } },
      position: 3,
      translations: [
        english("hello", {
          excerpt: "Short",
          body: { format: "markdown", source: "*Hi*\n" },
        }),
        { locale: "de", slug: "hallo", title: "", seoTitle: "Hallo!" },
      ],
      categoryIds: [categoryId],
      tagIds: [tagId],
    });

    const { rows } = await owner.query(
      `select kind, status, author_id, parent_id, fields, position, revision::int, published_at, created_at
       from nodes where id = $1`,
      [node.id],
    );
    expect(rows).toEqual([
      {
        kind: "post",
        status: "draft",
        author_id: author.id,
        parent_id: null,
        fields: { hero: { image: "/a.jpg" } },
        position: 3,
        revision: 1,
        published_at: null,
        created_at: node.createdAt,
      },
    ]);
    const text = { kind: "post", excerpt: null, seo_title: null, seo_description: null };
    expect(await rowsOf(node.id)).toEqual({
      node_translations: [
        { ...text, locale: "de", slug: "hallo", title: "", seo_title: "Hallo!" },
        { ...text, locale: "en", slug: "hello", title: "Hello", excerpt: "Short" },
      ],
      bodies: [
        { locale: "en", format: "markdown", source: "*Hi*\n", html: "<p><em>Hi</em></p>\n" },
      ],
      node_categories: [{ category_id: categoryId }],
      node_tags: [{ tag_id: tagId }],
    });
    expect((await eventsOf(editor)).at(-1)).toEqual({
      type: "node.created",
      payload: { nodeId: node.id, kind: "post", revision: 1 },
    });
  });

  test("may be published at once, and says so", async () => {
    const editor = await anEditor();
    const publishedAt = new Date("2009-05-01T12:00:00Z");
    const node = await aNode(editor, { status: "published", publishedAt });
    expect(node).toMatchObject({ status: "published", revision: 1, publishedAt });
    const payload = { nodeId: node.id, kind: "post", revision: 1 };
    expect(await eventsOf(editor)).toEqual([
      { type: "node.created", payload },
      { type: "node.published", payload },
    ]);
  });

  test.each([
    ["parentId", { parentId: newId() }],
    ["authorId", { authorId: newId() }],
    ["categoryId", { categoryIds: [newId()] }],
    ["tagId", { tagIds: [newId()] }],
  ])("with an unknown %s is refused, and nothing of it stays", async (field, unknown) => {
    const editor = await anEditor();
    await expect(aNode(editor, unknown)).rejects.toThrow(
      BadUserInput.at([field], "refers to something that does not exist"),
    );
    expect(await nodesOf(editor)).toEqual([]);
    expect(await eventsOf(editor)).toEqual([]);
  });

  test("cannot be in the shop's categories or carry the shop's tags", async () => {
    const editor = await anEditor();
    const categoryId = await aCategory(editor, "mugs", "product");
    const tagId = await aTag(editor, "sale", "product");
    await expect(aNode(editor, { categoryIds: [categoryId] })).rejects.toThrow(BadUserInput);
    await expect(aNode(editor, { tagIds: [tagId] })).rejects.toThrow(BadUserInput);
    expect(await nodesOf(editor)).toEqual([]);
  });

  test("cannot refer to what another tenant has", async () => {
    const stranger = await anEditor();
    const theirs = {
      parentId: (await aNode(stranger)).id,
      authorId: (await anAuthor(stranger)).id,
    };
    const editor = await anEditor();
    for (const [field, id] of Object.entries(theirs)) {
      await expect(aNode(editor, { [field]: id })).rejects.toThrow(BadUserInput);
    }
    expect(await nodesOf(editor)).toEqual([]);
    expect(await eventsOf(editor)).toEqual([]);
  });
});

describe("a slug", () => {
  test("that is taken is a conflict, and nothing of the second node stays", async () => {
    const editor = await anEditor();
    await aNode(editor, { translations: [english("hello")] });
    await expect(aNode(editor, { translations: [english("hello")] })).rejects.toThrow(
      new Conflict("The slug is already in use.", { field: "slug" }),
    );
    expect(await nodesOf(editor)).toHaveLength(1);
    expect(await eventsOf(editor)).toHaveLength(1);
  });

  test("may be used by another kind, in another locale and by another tenant", async () => {
    const editor = await anEditor();
    await aNode(editor, { translations: [english("hello")] });
    await aNode(editor, { kind: "page", translations: [english("hello")] });
    await aNode(editor, { translations: [{ ...english("hello"), locale: "de" }] });
    await aNode(await anEditor(), { translations: [english("hello")] });
    expect(await nodesOf(editor)).toHaveLength(3);
  });
});

describe("an update", () => {
  test("replaces the lists that are given and leaves what is left out", async () => {
    const editor = await anEditor();
    const [news, notes, tips] = [
      await aCategory(editor, "news", "content"),
      await aCategory(editor, "notes", "content"),
      await aCategory(editor, "tips", "content"),
    ];
    const tag = await aTag(editor, "fresh", "content");
    const node = await aNode(editor, {
      fields: { a: 1, b: 2 },
      translations: [
        english("hello", { excerpt: "Short", body: { format: "html", source: "<p>Hi</p>" } }),
        { locale: "de", slug: "hallo", title: "Hallo", body: { format: "html", source: "x" } },
      ],
      categoryIds: [news, notes],
      tagIds: [tag],
    });
    const updated = await nodes.update(editor, {
      id: node.id,
      revision: 1,
      fields: { a: 3 },
      translations: [{ ...english("hello"), title: "Good morning" }],
      categoryIds: [notes, tips],
    });

    expect(updated).toMatchObject({ revision: 2, fields: { a: 3 }, kind: "post" });
    expect(await rowsOf(node.id)).toEqual({
      node_translations: [
        {
          kind: "post",
          locale: "en",
          slug: "hello",
          title: "Good morning",
          excerpt: "Short",
          seo_title: null,
          seo_description: null,
        },
      ],
      bodies: [{ locale: "en", format: "html", source: "<p>Hi</p>", html: "<p>Hi</p>" }],
      node_categories: [{ category_id: notes }, { category_id: tips }],
      node_tags: [{ tag_id: tag }],
    });
    expect((await eventsOf(editor)).at(-1)).toEqual({
      type: "node.updated",
      payload: { nodeId: node.id, kind: "post", revision: 2 },
    });
  });

  test("writes a body over, and a first one where there was none", async () => {
    const editor = await anEditor();
    const node = await aNode(editor, {
      translations: [
        english("hello", { body: { format: "markdown", source: "*Hi*" } }),
        { locale: "de", slug: "hallo", title: "Hallo" },
      ],
    });
    await nodes.update(editor, {
      id: node.id,
      translations: [
        english("hello", { body: { format: "html", source: "<p>Hi<script>x</script></p>" } }),
        { locale: "de", slug: "hallo", title: "Hallo", body: { format: "markdown", source: "Na" } },
      ],
    });
    expect((await rowsOf(node.id))["bodies"]).toEqual([
      { locale: "de", format: "markdown", source: "Na", html: "<p>Na</p>\n" },
      { locale: "en", format: "html", source: "<p>Hi</p>", html: "<p>Hi</p>" },
    ]);
  });

  test("takes author, parent and excerpt away where it is given null", async () => {
    const editor = await anEditor();
    const [parent, author] = [await aNode(editor), await anAuthor(editor)];
    const node = await aNode(editor, {
      parentId: parent.id,
      authorId: author.id,
      translations: [english("hello", { excerpt: "Short" })],
    });
    await nodes.update(editor, {
      id: node.id,
      parentId: null,
      authorId: null,
      translations: [english("hello", { excerpt: null })],
    });
    const { rows } = await owner.query("select parent_id, author_id from nodes where id = $1", [
      node.id,
    ]);
    expect(rows).toEqual([{ parent_id: null, author_id: null }]);
    expect((await rowsOf(node.id))["node_translations"]).toMatchObject([{ excerpt: null }]);
  });

  test("that changes nothing raises no revision and leaves no event", async () => {
    const editor = await anEditor();
    const node = await aNode(editor, { fields: { a: [1] }, position: 2 });
    const [translation] = node.translations;
    await nodes.update(editor, {
      id: node.id,
      fields: { a: [1] },
      position: 2,
      translations: [english(String(translation?.slug), { title: "A post" })],
      tagIds: [],
    });
    expect(await nodesOf(editor)).toMatchObject([{ revision: 1 }]);
    expect(await eventsOf(editor)).toHaveLength(1);
  });

  test("of a revision that is no more is refused and changes nothing", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor);
    await nodes.update(editor, { id, revision: 1, position: 5 });
    const stale = new StaleRevision("node", id, 1, 2);
    await expect(nodes.update(editor, { id, revision: 1, position: 9 })).rejects.toThrow(stale);
    await expect(nodes.publish(editor, { id, revision: 1 })).rejects.toThrow(stale);
    await expect(nodes.remove(editor, { id, revision: 1 })).rejects.toThrow(stale);
    expect(await nodesOf(editor)).toEqual([{ id, status: "draft", revision: 2, position: 5 }]);
    expect(await eventsOf(editor)).toHaveLength(2);
  });

  test("to a taken slug changes nothing at all", async () => {
    const editor = await anEditor();
    await aNode(editor, { translations: [english("taken")] });
    const node = await aNode(editor, { translations: [english("free")] });
    const change = { id: node.id, position: 7, translations: [english("taken")] };
    await expect(nodes.update(editor, change)).rejects.toThrow(Conflict);
    expect((await nodesOf(editor))[1]).toMatchObject({ position: 0, revision: 1 });
    expect((await rowsOf(node.id))["node_translations"]).toMatchObject([{ slug: "free" }]);
    expect(await eventsOf(editor)).toHaveLength(2);
  });

  test("of two at once, both are on record and each has its own revision", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor);
    await Promise.all([
      nodes.update(editor, { id, position: 4 }),
      nodes.update(editor, { id, fields: { b: 1 } }),
    ]);
    const { rows } = await owner.query(
      "select position, fields, revision::int from nodes where id = $1",
      [id],
    );
    expect(rows).toEqual([{ position: 4, fields: { b: 1 }, revision: 3 }]);
  });
});

describe("publishing", () => {
  test("dates a node the first time and never again", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor);
    const { publishedAt } = await nodes.publish(editor, { id });
    expect(publishedAt).toBeInstanceOf(Date);
    expect(await nodes.unpublish(editor, { id })).toMatchObject({ status: "draft", publishedAt });
    expect(await nodes.publish(editor, { id })).toMatchObject({ revision: 4, publishedAt });
    expect((await eventsOf(editor)).map(({ type }) => type)).toEqual([
      "node.created",
      "node.published",
      "node.unpublished",
      "node.published",
    ]);
  });

  test("what is published, or unpublishing a draft, changes nothing and says nothing", async () => {
    const editor = await anEditor();
    const draft = await aNode(editor);
    const published = await aNode(editor, { status: "published" });
    await nodes.unpublish(editor, { id: draft.id });
    await nodes.publish(editor, { id: published.id });
    expect(await nodesOf(editor)).toMatchObject([
      { status: "draft", revision: 1 },
      { status: "published", revision: 1 },
    ]);
    expect(await eventsOf(editor)).toHaveLength(3);
  });
});

test("another tenant's node is not there, whatever one wants of it", async () => {
  const { id } = await aNode(await anEditor());
  const stranger = await anEditor();
  const absent = new NotFound("node", id);
  await expect(nodes.update(stranger, { id, position: 3 })).rejects.toThrow(absent);
  await expect(nodes.publish(stranger, { id })).rejects.toThrow(absent);
  await expect(nodes.unpublish(stranger, { id })).rejects.toThrow(absent);
  await expect(nodes.remove(stranger, { id })).rejects.toThrow(absent);
  expect(await eventsOf(stranger)).toEqual([]);
  const { rows } = await owner.query("select position, status from nodes where id = $1", [id]);
  expect(rows).toEqual([{ position: 0, status: "draft" }]);
});

describe("in one transaction", () => {
  test("a hundred nodes are created with a statement for each table", async () => {
    const editor = await anEditor();
    const [categoryId, tagId] = [
      await aCategory(editor, "news", "content"),
      await aTag(editor, "fresh", "content"),
    ];
    const statements = await statementsOf(() =>
      inTransaction(editor, async (tx) => {
        const root = await aNode(tx);
        for (let n = 1; n < 100; n += 1) {
          const body = { format: "markdown", source: `Number ${n}` };
          await aNode(tx, {
            parentId: root.id,
            status: "published",
            translations: [english(`number-${n}`, { body })],
            categoryIds: [categoryId],
            tagIds: [tagId],
          });
        }
      }),
    );
    expect(await nodesOf(editor)).toHaveLength(100);
    expect([
      ...statements.slice(0, 3),
      ...statements.slice(3, -2).toSorted(),
      ...statements.slice(-2),
    ]).toEqual([
      "begin",
      "select set_config 'rustok.tenant',",
      "insert into nodes",
      "insert into bodies",
      "insert into node_categories",
      "insert into node_tags",
      "insert into node_translations",
      "with written as",
      "commit",
    ]);
  });

  test("one bad node takes the others with it", async () => {
    const editor = await anEditor();
    const batch = inTransaction(editor, async (tx) => {
      await aNode(tx, { translations: [english("hello")] });
      await aNode(tx, { translations: [english("hello")] });
    });
    await expect(batch).rejects.toThrow(Conflict);
    expect(await nodesOf(editor)).toEqual([]);
    expect(await eventsOf(editor)).toEqual([]);
  });

  test("changes of one node build upon each other", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor, { translations: [english("hello", { excerpt: "Short" })] });
    await inTransaction(editor, async (tx) => {
      await nodes.update(tx, { id, position: 8 });
      await nodes.update(tx, { id, translations: [english("good-day")] });
      await nodes.publish(tx, { id, revision: 3 });
    });
    expect(await nodesOf(editor)).toEqual([{ id, status: "published", revision: 4, position: 8 }]);
    expect((await rowsOf(id))["node_translations"]).toMatchObject([
      { slug: "good-day", excerpt: "Short" },
    ]);
  });

  test("a change is made to the node as it is, not as it was when it was read before", async () => {
    const editor = await anEditor();
    const { id } = await aNode(editor, { translations: [english("hello")] });
    await inTransaction(editor, async (tx) => {
      await tx.em.findOneOrFail(Node, { id }, { populate: ["translations"] });
      await nodes.update(editor, { id, position: 5, translations: [english("good-day")] });
      await nodes.update(tx, { id, translations: [english("hello")] });
    });
    expect(await nodesOf(editor)).toEqual([{ id, status: "draft", revision: 3, position: 5 }]);
    expect((await rowsOf(id))["node_translations"]).toMatchObject([{ slug: "hello" }]);
  });
});

describe("what an edge lets in", () => {
  const issuesOf = (
    schema: { safeParse(value: unknown): { error?: { issues: unknown[] } } },
    value: unknown,
  ) =>
    (schema.safeParse(value).error?.issues as { path: PropertyKey[] }[] | undefined)?.map(
      ({ path }) => path.join("."),
    );
  const translations = [english("hello")];

  test("every fault is named at once", async () => {
    const tenant = await aTenant();
    const faults = {
      kind: "Blog Post",
      status: "hidden",
      parentId: "root",
      position: -1,
      fields: { text: "a\0b" },
      publishedAt: new Date("-000100-01-01T00:00:00Z"),
      translations: [
        { locale: "fr", slug: "Bon jour", title: "x".repeat(501) },
        { ...english("hello"), body: { format: "rtf", source: "" } },
        { ...english("again"), body: { format: "markdown", source: "\0" } },
      ],
      categoryIds: ["x"],
    };
    expect(issuesOf(createNode(tenant), faults)).toEqual([
      "kind",
      "status",
      "parentId",
      "fields",
      "position",
      "publishedAt",
      "translations.0.locale",
      "translations.0.slug",
      "translations.0.title",
      "translations.1.body.format",
      "translations.2.body.source",
      "categoryIds.0",
    ]);
  });

  test("a locale, a category or a tag twice is refused, in either spelling of its id", async () => {
    const tenant = await aTenant();
    const id = "0190f5fe-7c3a-7000-8000-000000000001";
    const twice = {
      id,
      translations: [english("a"), english("b")],
      categoryIds: [id, id.toUpperCase()],
      tagIds: [id, id],
    };
    expect(issuesOf(updateNode(tenant), twice)).toEqual([
      "translations.1",
      "categoryIds.1",
      "tagIds.1",
    ]);
  });

  test("a node without any translation is refused", async () => {
    const tenant = await aTenant();
    expect(issuesOf(createNode(tenant), { kind: "post", translations: [] })).toEqual([
      "translations",
    ]);
    expect(issuesOf(updateNode(tenant), { id: newId(), translations: [] })).toEqual([
      "translations",
    ]);
    expect(issuesOf(createNode(tenant), { kind: "post", translations })).toBeUndefined();
  });
});
