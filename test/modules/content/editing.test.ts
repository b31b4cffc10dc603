import { describe, expect, test } from "vitest";
import { parseId } from "#kernel/ids";
import { eventsOf, installation } from "#test/installation";
import { as, aPost, change, countNodes, create, publish, remove, unpublish } from "./operations.ts";

const { anEditor } = await installation();

describe("an editor", () => {
  test("writes a post, reads it as it was written, publishes it and takes it back", async () => {
    const editor = await anEditor();
    const author = await as(
      editor,
      `mutation { createAuthor(input: { handle: "ada", name: "Ada" }) { id revision } }`,
    );
    const authorId = author.data["createAuthor"]?.id;
    const id = await aPost(editor, {
      authorId,
      fields: { hero: { wide: true } },
      position: 2,
      translations: [
        {
          locale: "en",
          slug: "hello",
          title: "Hello",
          excerpt: "Short",
          seoTitle: "Hello!",
          seoDescription: "A greeting",
          body: { format: "markdown", source: "# Hello\n<script>alert(1)</script>" },
        },
        { locale: "de", slug: "hallo", title: "" },
      ],
    });

    const { data, errors } = await as<Record<string, unknown>>(
      editor,
      `query ($id: Id!) {
        adminNode(id: $id) {
          id revision kind status parentId authorId fields position categoryIds tagIds publishedAt
          translations { locale slug title excerpt seoTitle seoDescription body { format source html } }
        }
      }`,
      { id },
    );
    expect(errors).toBeUndefined();
    expect(data["adminNode"]).toEqual({
      id,
      revision: 1,
      kind: "post",
      status: "draft",
      parentId: null,
      authorId,
      fields: { hero: { wide: true } },
      position: 2,
      categoryIds: [],
      tagIds: [],
      publishedAt: null,
      translations: expect.arrayContaining([
        {
          locale: "en",
          slug: "hello",
          title: "Hello",
          excerpt: "Short",
          seoTitle: "Hello!",
          seoDescription: "A greeting",
          body: {
            format: "markdown",
            source: "# Hello\n<script>alert(1)</script>",
            html: "<h1>Hello</h1>\n",
          },
        },
        {
          locale: "de",
          slug: "hallo",
          title: "",
          excerpt: null,
          seoTitle: null,
          seoDescription: null,
          body: null,
        },
      ]),
    });

    const published = await as(editor, publish, { input: { id, revision: 1 } });
    expect(published.data["publishNode"]).toEqual({
      id,
      revision: 2,
      status: "published",
      publishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    const back = await as(editor, unpublish, { input: { id, revision: 2 } });
    expect(back.data["unpublishNode"]).toEqual({ id, revision: 3, status: "draft" });
    expect(await as(editor, remove, { input: { id, revision: 3 } })).toMatchObject({
      data: { deleteNode: true },
    });
    expect(await countNodes(editor)).toBe(0);
  });

  test("keeps the list of authors", async () => {
    const editor = await anEditor();
    const created = await as(
      editor,
      `mutation { createAuthor(input: { handle: "ada", name: "Ada", bio: "Writes." }) { id revision } }`,
    );
    const id = created.data["createAuthor"]?.id;
    await as(
      editor,
      `mutation ($id: Id!) { updateAuthor(input: { id: $id, revision: 1, name: "Ada L." }) { id } }`,
      { id },
    );
    const read = `query ($id: Id!) { adminAuthor(id: $id) { id revision handle name bio avatarUrl } }`;
    expect(await as(editor, read, { id })).toEqual({
      data: {
        adminAuthor: {
          id,
          revision: 2,
          handle: "ada",
          name: "Ada L.",
          bio: "Writes.",
          avatarUrl: null,
        },
      },
    });
    const { data } = await as(
      editor,
      `mutation ($id: Id!) { deleteAuthor(input: { id: $id, revision: 2 }) }`,
      { id },
    );
    expect(data).toEqual({ deleteAuthor: true });
    expect(await as(editor, read, { id })).toEqual({ data: { adminAuthor: null } });
  });

  test("is told every fault of an input at once, and nothing is written", async () => {
    const editor = await anEditor();
    const { errors } = await as(editor, create, {
      input: {
        kind: "Blog post",
        fields: { text: "a\0b" },
        translations: [
          { locale: "fr", slug: "Bon jour", title: "" },
          { locale: "en", slug: "hello", title: "\0" },
        ],
      },
    });
    expect(errors).toMatchObject([
      {
        extensions: {
          code: "BAD_USER_INPUT",
          issues: [
            { path: ["kind"] },
            { path: ["fields"] },
            { path: ["translations", 0, "locale"] },
            { path: ["translations", 0, "slug"] },
            { path: ["translations", 1, "title"] },
          ],
        },
      },
    ]);
    expect(await countNodes(editor)).toBe(0);
    expect(await eventsOf(editor)).toEqual([]);
  });

  test("may name a node by its ULID", async () => {
    const editor = await anEditor();
    const ulid = "01J7Z3NDEKTSV4RRFFQ69G5FAV";
    const { errors } = await as(editor, publish, { input: { id: ulid } });
    expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND", id: parseId(ulid) } }]);
  });

  test("who read a node before somebody else changed it is told so", async () => {
    const editor = await anEditor();
    const id = await aPost(editor);
    await as(editor, change, { input: { id, revision: 1, position: 1 } });
    const late = await as(editor, change, { input: { id, revision: 1, position: 2 } });
    expect(late.errors).toMatchObject([
      { extensions: { code: "CONFLICT", expected: 1, actual: 2 } },
    ]);
  });
});
