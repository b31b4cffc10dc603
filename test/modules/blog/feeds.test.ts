import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { blogSettings } from "../../../src/modules/blog/settings.ts";
import { authors, nodes } from "#modules/content";
import { tags } from "#modules/taxonomy";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { anAuthor, english } from "../content/a-node.ts";
import { aBlog, aPost, projected, set } from "./a-blog.ts";

const { owner, anEditor } = await installation();
const client = await server();

const get = (
  { tenant }: RequestContext,
  path: string,
  headers: Record<string, string> = {},
): Promise<Response> =>
  client.fetch(`/api/v1/blog/${path}`, {
    // Left to itself, fetch asks for a fresh answer with every condition.
    headers: { "x-tenant-id": tenant.id, "cache-control": "max-age=0", ...headers },
  });

const titles = (xml: string) =>
  [...xml.matchAll(/<title[^>]*>(?:<!\[CDATA\[)?([^<\]]*)/g)].map(([, title]) => title).slice(1);

async function aFeed() {
  const { editor } = await aBlog({ siteUrl: "https://larch.example/", postsPerFeed: 2 });
  const author = await anAuthor(editor);
  const body = { format: "html", source: "<p>All &amp; everything</p><script>x</script>" };
  const post = (slug: string, publishedAt: string, more = {}) =>
    aPost(editor, slug, {
      publishedAt: new Date(publishedAt),
      authorId: author.id,
      translations: [english(slug, { title: `Of ${slug}`, body, ...more })],
    });
  const old = await post("old", "2026-01-01T00:00:00Z");
  const middle = await post("middle", "2026-02-01T00:00:00Z", { excerpt: "In short" });
  const latest = await post("neueste-überraschung", "2026-03-01T00:00:00Z");
  await projected(editor, [old, middle, latest]);
  return { editor, author, old, middle, latest };
}

test("an RSS feed has the latest posts, newest first, as many as are set", async () => {
  const { editor, latest } = await aFeed();
  const response = await get(editor, "rss");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/rss+xml; charset=utf-8");
  const xml = await response.text();
  expect(titles(xml)).toEqual(["Of neueste-überraschung", "Of middle"]);
  expect(xml).toContain("<link>https://larch.example/en/blog/neueste-%C3%BCberraschung</link>");
  expect(xml).toContain(`<guid isPermaLink="false">urn:uuid:${latest}</guid>`);
  expect(xml).toContain("<pubDate>Sun, 01 Mar 2026 00:00:00 GMT</pubDate>");
  expect(xml).toContain("<![CDATA[<p>All &amp; everything</p>]]>");
  expect(xml).toContain("<dc:creator>Ada</dc:creator>");
  expect(xml).not.toContain("<script");
});

test("an Atom feed says the same, with the author", async () => {
  const { editor, middle } = await aFeed();
  const response = await get(editor, "atom");
  expect(response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  const xml = await response.text();
  expect(titles(xml)).toEqual(["Of neueste-überraschung", "Of middle"]);
  expect(xml).toContain(`<id>urn:uuid:${middle}</id>`);
  expect(xml).toContain("<name>Ada</name>");
  expect(xml).toContain("<published>2026-02-01T00:00:00.000Z</published>");
});

test("whatever is in a title, a summary or a category, both stay XML, and say it as it is", async () => {
  const { editor } = await aBlog({ siteUrl: "https://larch.example" });
  const hostile = ']]> ]]> <script>"&amp;\u0008';
  const tag = (await tags.create(editor, { scope: "content", handle: "odd", name: hostile })).id;
  const translations = [english("odd", { title: hostile, excerpt: hostile })];
  await projected(editor, [await aPost(editor, "odd", { translations, tagIds: [tag] })]);
  for (const format of ["rss", "atom"]) {
    const texts: string[] = [];
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("text", (text) => texts.push(text));
    parser.on("cdata", (text) => texts.push(text));
    parser.write(await (await get(editor, format)).text()).close();
    const said = ']]&gt; ]]&gt; &lt;script&gt;"&amp;amp;';
    expect(
      texts.filter((text) => text === said),
      format,
    ).toHaveLength(2);
  }
});

test("each locale has its own, at the path the site has for it", async () => {
  const { editor, old } = await aFeed();
  await set(editor, {
    siteUrl: "https://larch.example",
    postPath: "/{locale}/magazin/{slug}.html",
  });
  await nodes.update(editor, {
    id: old,
    translations: [english("old"), { locale: "de", slug: "alt", title: "Von einst" }],
  });
  await projected(editor, [old]);
  const xml = await (await get(editor, "rss?locale=de")).text();
  expect(titles(xml)).toEqual(["Of neueste-überraschung", "Of middle", "Von einst"]);
  expect(xml).toContain("<link>https://larch.example/de/magazin/alt.html</link>");
  expect(xml).toContain("<language>de</language>");
});

test("a reader who has it as it is gets nothing but that, until a post changes or goes", async () => {
  const { editor, latest } = await aFeed();
  const first = await get(editor, "rss");
  const etag = first.headers.get("etag");
  expect(first.headers.get("cache-control")).toBe("public, max-age=60");
  const again = await get(editor, "rss", { "if-none-match": String(etag) });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  expect(first.headers.has("last-modified")).toBe(false);
  expect((await get(editor, "atom", { "if-none-match": String(etag) })).status).toBe(200);

  await nodes.unpublish(editor, { id: latest });
  await projected(editor, [latest]);
  const changed = await get(editor, "rss", { "if-none-match": String(etag) });
  expect(changed.status).toBe(200);
  expect(titles(await changed.text())).toEqual(["Of middle", "Of old"]);
});

test("without an address of its own the site is at the tenant's first domain; without any there is no feed", async () => {
  const editor = await anEditor();
  const refused = await get(editor, "rss");
  expect([refused.status, await refused.json()]).toMatchObject([
    501,
    { error: { code: "NOT_CONFIGURED" } },
  ]);
  await owner.query("insert into tenant_domains (host, tenant_id) values ($1, $2)", [
    `${editor.tenant.slug}.example`,
    editor.tenant.id,
  ]);
  expect(await (await get(editor, "rss")).text()).toContain(
    `<link>https://${editor.tenant.slug}.example/</link>`,
  );
});

test("an author's page says who it is and how much there is to read", async () => {
  const { editor, author, latest } = await aFeed();
  await authors.update(editor, { id: author.id, bio: "Counts" });
  await projected(editor, [latest]);
  const { data } = await client.graphql(
    editor.tenant,
    `{ blogAuthor(handle: "ada") { handle name bio avatarUrl postCount latestPostAt }
       nobody: blogAuthor(handle: "bob") { name }
       blogAuthors { handle }
       posts(filter: { author: { eq: "ada" } }) { totalCount } }`,
  );
  expect(data).toEqual({
    blogAuthor: {
      handle: "ada",
      name: "Ada",
      bio: "Counts",
      avatarUrl: null,
      postCount: 3,
      latestPostAt: "2026-03-01T00:00:00.000Z",
    },
    nobody: null,
    blogAuthors: [{ handle: "ada" }],
    posts: { totalCount: 3 },
  });
});

test("what may be set is refused where it would lead nowhere", () => {
  const { error } = blogSettings.safeParse({
    comments: "sometimes",
    postsPerFeed: 0,
    siteUrl: "ftp://larch.example",
    postPath: "/blog",
  });
  expect(error?.issues.map(({ path }) => path.join("."))).toEqual([
    "comments",
    "postsPerFeed",
    "siteUrl",
    "postPath",
  ]);
});
