import { beforeAll, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { onSale, published } from "../a-catalogue.ts";
import { onEitherEngine, type UnderContract } from "./engines.ts";

let ctx: RequestContext;
const sea = "Of sea and shore. ".repeat(40);

beforeAll(async () => {
  ctx = await (await installation()).anEditor();
  await onSale(ctx, {
    title: "<script>alert(1)</script> Mug & more",
    description: "<p>Many <em>mugs</em>, no spoon.</p>",
  });
  await onSale(ctx, { title: "Wireless Headphones", description: "<p>Crème <b>brûlée</b></p>" });
  await onSale(ctx, {
    title: "Kettle",
    description: `<p>${sea}A red kettle. ${sea}A red end.</p>`,
  });
  await onSale(ctx, { title: "\u0002Odd\u0003 \u0004signs", description: "\u0002\u0003\u0004" });
});

const highlights = async (engine: UnderContract, query: string) => {
  const wanted = { highlights: ["title", "description"] as ("title" | "description")[] };
  const { hits } = await engine.searchProducts(ctx, query, wanted);
  return hits.map(({ card }) => card.highlights);
};

onEitherEngine((engine) => {
  test("title and description come as HTML, all escaped, what matched marked", async () => {
    const [found] = await highlights(engine, "mugs");
    const title = "&lt;script&gt;alert(1)&lt;/script&gt; <mark>Mug</mark> &amp; more";
    expect(found).toEqual({
      title: engine.differs({
        postgresql: title,
        meilisearch: title.replace(/<mark>Mug<.mark>/, "Mug"),
      }),
      description: "Many <mark>mugs</mark> , no spoon.",
    });
    expect(await highlights(engine, "mug alert")).toMatchObject([
      { title: title.replace("alert", "<mark>alert</mark>") },
    ]);
  });

  test.each([
    ["headph", "Wireless <mark>Headphones</mark>"],
    ["hedphones", "Wireless <mark>Headphones</mark>"],
    ["wireless headphones", "<mark>Wireless</mark> <mark>Headphones</mark>"],
    ["brulee", "Wireless Headphones"],
  ])(
    "of a search for %s the title is %s: whole words, as they are written",
    async (query, title) => {
      expect(await highlights(engine, query)).toMatchObject([{ title }]);
    },
  );

  test("accents match and stay", async () => {
    const [found] = await highlights(engine, "creme brulee");
    expect(found?.description).toBe("<mark>Crème</mark> <mark>brûlée</mark>");
  });

  test("a long description is cut between words to where it matches first", async () => {
    const [found] = await highlights(engine, "red");
    expect(found?.description).toMatch(
      /^…\w[^<]{30,60}<mark>red<\/mark> kettle\. Of sea .*[a-z.]…$/,
    );
    expect(found?.description.length).toBeLessThan(250);
  });

  test("a description without a match shows how it begins", async () => {
    const [found] = await highlights(engine, "kettle");
    expect(found?.title).toBe("<mark>Kettle</mark>");
    const [beginning] = await highlights(engine, "wireless");
    expect(beginning?.description).toBe("Crème brûlée");
  });

  test("nothing that a text holds becomes a mark", async () => {
    const [found] = await highlights(engine, "odd");
    expect(found?.title.replaceAll(/\p{Cc}/gu, "")).toBe("<mark>Odd</mark> signs");
  });

  test("browsing marks nothing, and what is not asked for is not made", async () => {
    const all = await highlights(engine, "");
    expect(all).toHaveLength(4);
    expect(JSON.stringify(all)).not.toContain("<mark>");
    const { hits } = await engine.searchProducts(ctx, "mug");
    expect(hits[0]?.card.highlights).toBeNull();
    const { hits: short } = await engine.searchProducts(ctx, "more", { highlights: ["title"] });
    expect(short[0]?.card.highlights).toMatchObject({ description: "" });
  });

  test("content is highlighted alike", async () => {
    const site = await (await installation()).anEditor();
    const body = { format: "markdown" as const, source: `${sea}\n\nThe **Bergen** line. ${sea}` };
    await published(site, "On ferries", {
      translations: [{ locale: "en", slug: "ferries", title: "On ferries", body }],
    });
    const { hits } = await engine.searchContent(site, "bergen", {
      highlights: ["title", "description"],
    });
    expect(hits[0]?.card.highlights).toEqual({
      title: "On ferries",
      description: expect.stringMatching(/^….*The <mark>Bergen<\/mark> line\..*…$/),
    });
  });
});
