import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readWordpress, surveyWordpress, type NodeRecord, type Source } from "#modules/import";
import { all, file, fixture, inPieces, sample } from "./streams.ts";

const blog = file(fixture("blog.xml"));

async function read(source: Source) {
  const survey = await surveyWordpress(source, "en");
  return all(readWordpress(source, survey, { locale: "en" }));
}

async function nodesIn(source: Source): Promise<Map<string, NodeRecord>> {
  const entries = await read(source);
  const nodes = entries.flatMap((entry) =>
    "record" in entry && entry.record.type === "node" ? [entry.record] : [],
  );
  return new Map(nodes.map((node) => [node.key, node]));
}

/** An export of one post with this body. */
function post(body: string): Source {
  return inPieces(
    `<rss><channel><wp:wxr_version>1.2</wp:wxr_version><item><title>T</title><wp:post_id>1</wp:post_id>
     <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
     <content:encoded><![CDATA[${body}]]></content:encoded></item></channel></rss>`,
    65_536,
  );
}

async function bodyOf(body: string): Promise<string | undefined> {
  const nodes = await nodesIn(post(body));
  return nodes.get("item:1")?.translations[0]?.body.source;
}

describe("an export", () => {
  test("is told in an order that can be written: every record after those it names", async () => {
    const entries = await read(blog);
    const told = new Set<string>();
    for (const entry of entries) {
      if (!("record" in entry)) continue;
      const { record } = entry;
      const named: string[] = [];
      if (record.type === "category" && record.parent) named.push(`category ${record.parent}`);
      if (record.type === "node") {
        if (record.parent) named.push(`node ${record.parent}`);
        if (record.author) named.push(`author ${record.author}`);
        named.push(...record.categories.map((key) => `category ${key}`));
        named.push(...record.tags.map((key) => `tag ${key}`));
      }
      for (const name of named) expect(told).toContain(name);
      told.add(`${record.type} ${record.key}`);
    }
    expect([...told].filter((name) => name.startsWith("node"))).toEqual([
      "node item:10",
      "node comment:2",
      "node comment:3",
      "node comment:4",
      "node comment:6",
      "node item:21",
      "node item:24",
      "node item:30",
      "node comment:7",
      "node item:31",
      "node item:32",
      "node item:22",
      "node item:23",
    ]);
  });

  test("has the authors, categories and tags that it declares or only uses", async () => {
    const { terms, items, comments } = await surveyWordpress(blog, "en");
    expect([items.size, comments]).toEqual([8, 7]);
    const records = terms.map(({ record }) => record);
    expect(records.filter(({ type }) => type === "author")).toEqual([
      { type: "author", key: "mira", handle: "mira", name: "Mira & Co", bio: null },
      { type: "author", key: "guest", handle: "guest", name: "guest", bio: null },
    ]);
    expect(records.filter((record) => record.type === "category")).toMatchObject([
      { handle: "craft", parent: null },
      {
        handle: "kilns",
        parent: "content/craft",
        scope: "content",
        translations: [{ locale: "en", name: "Kilns & Fire", description: "All that is hot." }],
      },
      { handle: "egg", parent: null },
      { handle: "hen", parent: "content/egg" },
    ]);
    expect(records.filter((record) => record.type === "tag")).toMatchObject([
      { key: "content/глина", handle: "глина", name: "Глина" },
      { key: "content/night-shift", handle: "night-shift", name: "Night Shift" },
    ]);
  });

  test("does not mind a tag of which no letter can be in a handle", async () => {
    const whole = await readFile(fixture("blog.xml"), "utf8");
    const nodes = await nodesIn(
      inPieces(whole.replace('nicename="night-shift"', 'nicename="%e2%98%85"')),
    );
    expect(nodes.get("item:10")?.tags).toEqual(["content/глина"]);
  });

  test("names what it cannot take, and takes the rest", async () => {
    const entries = await read(blog);
    expect(entries.filter((entry) => "reason" in entry)).toEqual([
      { line: 51, reason: "wp:comment_id 2 is taken by another comment" },
      { line: 54, reason: "wp:post_id is the same as in line 13" },
      { line: 55, reason: 'wp:post_id "" is not a number' },
    ]);
  });
});

describe("a post", () => {
  test("comes with all that belongs to it", async () => {
    const nodes = await nodesIn(blog);
    expect(nodes.get("item:10")).toEqual({
      type: "node",
      key: "item:10",
      kind: "post",
      status: "published",
      author: "mira",
      parent: null,
      position: 0,
      fields: {
        sticky: true,
        format: "image",
        image: { url: "https://pictures.example/kiln.jpg", alt: "A kiln" },
      },
      publishedAt: "2019-03-04T05:06:07.000Z",
      translations: [
        {
          locale: "en",
          slug: "firing-at-night",
          title: "Firing at & other habits",
          excerpt: "About fire",
          seoTitle: null,
          seoDescription: null,
          body: { format: "html", source: expect.stringMatching(/^<p>The kiln is loud\.<br>/) },
        },
      ],
      categories: ["content/kilns"],
      tags: ["content/глина", "content/night-shift"],
    });
  });

  test("is public only if everybody could read it", async () => {
    const nodes = await nodesIn(blog);
    const states = ["item:10", "item:24", "item:30", "item:31", "item:32"].map((key) => {
      const { status, publishedAt } = nodes.get(key) ?? {};
      return [key, status, publishedAt];
    });
    expect(states).toEqual([
      ["item:10", "published", "2019-03-04T05:06:07.000Z"],
      ["item:24", "draft", null],
      ["item:30", "draft", null],
      ["item:31", "draft", null],
      ["item:32", "draft", null],
    ]);
  });

  test("without a title stays so; without a slug it is given one", async () => {
    const nodes = await nodesIn(blog);
    expect(nodes.get("item:31")?.translations[0]).toMatchObject({ slug: "post-31", title: "" });
    expect(nodes.get("item:32")?.translations[0]).toMatchObject({ slug: "窯", title: "" });
  });

  test("with an endless title keeps as many whole words as fit", async () => {
    const whole = await readFile(fixture("blog.xml"), "utf8");
    const nodes = await nodesIn(inPieces(whole.replace("Behind a door", "again ".repeat(400))));
    expect(nodes.get("item:30")?.translations[0]?.title).toBe(`${"again ".repeat(83).trim()}…`);
  });
});

describe("pages", () => {
  test("find their parents, wherever in the file those stand", async () => {
    const nodes = await nodesIn(blog);
    const tree = ["item:21", "item:22", "item:23", "item:24"].map((key) => nodes.get(key)?.parent);
    expect(tree).toEqual([null, "item:21", "item:22", null]);
    expect(nodes.get("item:23")?.position).toBe(4);
    expect(nodes.get("item:21")?.publishedAt).toBe("2019-03-05T08:00:00.000Z");
  });

  test("of one slug under different parents are told apart", async () => {
    const nodes = await nodesIn(blog);
    expect(nodes.get("item:23")?.translations[0]?.slug).toBe("contact");
    expect(nodes.get("item:21")?.translations[0]?.slug).toBe("contact-21");
  });
});

describe("comments", () => {
  test("hang below what they answer, and are public only if that is", async () => {
    const nodes = await nodesIn(blog);
    const comments = [...nodes.values()].filter(({ kind }) => kind === "comment");
    expect(comments.map(({ key, parent, status }) => [key, parent, status])).toEqual([
      ["comment:2", "item:10", "published"],
      ["comment:3", "comment:2", "published"],
      ["comment:4", "item:10", "draft"],
      ["comment:6", "item:10", "published"],
      ["comment:7", "item:30", "draft"],
    ]);
  });

  test("bring the name and site of who wrote, and no address of theirs", async () => {
    const entries = await read(blog);
    const nodes = await nodesIn(blog);
    expect(nodes.get("comment:2")?.fields).toEqual({
      authorName: "Ada",
      authorUrl: "https://ada.example",
      type: "pingback",
    });
    expect(nodes.get("comment:3")?.fields).toEqual({ authorName: "Jo" });
    expect(JSON.stringify(entries)).not.toMatch(/jo@example|mira@example|10\.1\.2\.3/);
  });
});

describe("the body", () => {
  test("of the older editor gets the paragraphs that its blank lines stand for", async () => {
    expect(
      await bodyOf("One\nline\n\nTwo\r\n\r\n<ul>\n<li>a\n\nb</li>\n</ul>\nThree<hr />Four"),
    ).toBe(
      "<p>One<br>\nline</p>\n<p>Two</p>\n<ul>\n<li>a\n\nb</li>\n</ul>\n<p>Three</p>\n<hr />\n<p>Four</p>",
    );
    expect(await bodyOf("<blockquote>Wise\n\nwords</blockquote>\n<pre>a\n\nb</pre>")).toBe(
      "<blockquote>\n<p>Wise</p>\n<p>words</p>\n</blockquote>\n<pre>a\n\nb</pre>",
    );
  });

  test("of odd HTML is left alone rather than torn apart", async () => {
    expect(await bodyOf("<p>never closed\n\nand on")).toBe("<p>never closed\n\nand on");
    expect(await bodyOf("</div></p>stray")).toBe("</div>\n</p>\n<p>stray</p>");
    expect(await bodyOf("")).toBe("");
  });

  test("of the block editor stays as it is", async () => {
    const blocks = "<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n<h2>Two</h2>";
    expect(await bodyOf(blocks)).toBe(blocks);
  });

  test("keeps what WordPress's own shortcodes hold, and other bracketed words", async () => {
    const nodes = await nodesIn(blog);
    expect(nodes.get("item:10")?.translations[0]?.body.source).toBe(
      [
        "<p>The kiln is loud.<br>\nNobody sleeps.</p>",
        '<figure><a href="https://pictures.example/kiln.jpg"><img src="https://pictures.example/kiln.jpg" alt="Kiln" /></a><figcaption>The kiln at <i>four</i></figcaption></figure>',
        '<p><a href="https://video.example/watch?v=1">https://video.example/watch?v=1</a></p>',
        "<p>She wrote [sic] and [gallery].</p>",
      ].join("\n"),
    );
    expect(await bodyOf('[video src="a.mp4"][/video][embed]https://a.example/"x[/embed]')).toBe(
      '<p><a href="https://a.example/%22x">https://a.example/"x</a></p>',
    );
  });
});

test.each(["<p", "<!--", "[caption ", "[caption]<img>", "[embed]", "[[gallery ", "\n \n", "<"])(
  "a body of %j a hundred thousand times takes no longer than any other",
  async (piece) => {
    const before = process.cpuUsage();
    await bodyOf(piece.repeat(100_000));
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  },
);

describe("a file that cannot be read", () => {
  test("because it is cut off is refused before anything is told of it, wherever the cut is", async () => {
    const whole = await readFile(fixture("blog.xml"));
    const cuts = Array.from({ length: 60 }, (_, index) => Math.floor((whole.length * index) / 60));
    for (const cut of [...cuts, whole.indexOf("</rss>") + 3]) {
      const refusal = await surveyWordpress(inPieces(whole.subarray(0, cut), 4_096), "en").then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refusal, `cut at byte ${cut}`).toMatchObject({
        code: "BAD_USER_INPUT",
        details: { reason: expect.stringMatching(/^(MALFORMED_XML|NOT_UTF8)$/) },
      });
    }
    await expect(surveyWordpress(inPieces(whole, 4_096), "en")).resolves.toBeDefined();
  });

  test("says where, and why", async () => {
    const cut = "<rss>\n<channel>\n<item><title>Half a ti";
    await expect(surveyWordpress(inPieces(cut), "en")).rejects.toMatchObject({
      message: "The file is not well-formed XML at line 3, column 22: unclosed tag: title.",
      details: { reason: "MALFORMED_XML", line: 3, column: 22, problem: "unclosed tag: title" },
    });
  });

  test.each([
    ["<rss><channel><a>&nope;</a></channel></rss>", "MALFORMED_XML"],
    ["<rss><channel><a>\u0008</a></channel></rss>", "MALFORMED_XML"],
    ["", "MALFORMED_XML"],
    ["Handle,Title\n", "MALFORMED_XML"],
    ["<html></html>", "NOT_A_WORDPRESS_EXPORT"],
    ["<rss><channel><title>A feed</title></channel></rss>", "NOT_A_WORDPRESS_EXPORT"],
  ])("%j is %s", async (text, reason) => {
    await expect(surveyWordpress(inPieces(text), "en")).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      status: 400,
      details: { reason },
    });
  });

  test("for entities that would grow without end is refused", async () => {
    const bomb =
      '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><x>&b;</x></channel></rss>';
    await expect(surveyWordpress(inPieces(bomb), "en")).rejects.toMatchObject({
      details: { problem: "undefined entity" },
    });
  });
});

test.skipIf(!existsSync(sample("themeunittestdata.wordpress.xml")))(
  "WordPress's own test export goes in without a fault",
  async () => {
    const entries = await read(file(sample("themeunittestdata.wordpress.xml")));
    const told = entries.map((entry) => {
      if (!("record" in entry)) return entry.reason;
      return entry.record.type === "node"
        ? `${entry.record.status} ${entry.record.kind}`
        : entry.record.type;
    });
    const count = (what: string) => told.filter((each) => each === what).length;
    expect({
      author: count("author"),
      category: count("category"),
      tag: count("tag"),
      "published post": count("published post"),
      "draft post": count("draft post"),
      "published page": count("published page"),
      "published comment": count("published comment"),
      "draft comment": count("draft comment"),
      all: told.length,
    }).toEqual({
      author: 2,
      category: 68,
      tag: 114,
      "published post": 55,
      "draft post": 3,
      "published page": 21,
      "published comment": 29,
      "draft comment": 4,
      all: 296,
    });
  },
);
