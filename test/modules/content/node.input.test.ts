import { describe, expect, test } from "vitest";
import { newId } from "#kernel/ids";
import { createNode, updateNode } from "#modules/content";
import { installation } from "#test/installation";
import { english } from "./a-node.ts";

const { aTenant } = await installation();

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
