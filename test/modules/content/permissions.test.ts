import { describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { eventsOf, installation } from "#test/installation";
import { server } from "#test/server";
import {
  as,
  aPost,
  change,
  countNodes,
  create,
  post,
  publish,
  remove,
  unpublish,
} from "./operations.ts";

const { anEditor, owner } = await installation();
const client = await server();

const anEditorWho = async (...permissions: string[]): Promise<RequestContext> => ({
  ...(await anEditor()),
  actor: {
    kind: "user",
    userId: newId(),
    sessionId: newId(),
    permissions: new Set(permissions),
  },
});

describe("permissions", () => {
  test("a visitor may do nothing of this", async () => {
    const editor = await anEditor();
    const id = await aPost(editor);
    const attempts: [string, Record<string, unknown>][] = [
      [create, { input: post }],
      [change, { input: { id, position: 3 } }],
      [publish, { input: { id } }],
      [unpublish, { input: { id } }],
      [remove, { input: { id } }],
      ["query ($id: Id!) { adminNode(id: $id) { id } }", { id }],
      ["{ adminNodes { totalCount } }", {}],
      ["{ adminAuthors { totalCount } }", {}],
    ];
    for (const [query, variables] of attempts) {
      const { errors } = await client.graphql(editor.tenant, query, variables);
      expect(errors, query).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    }
    expect(await countNodes(editor)).toBe(1);
    expect(await eventsOf(editor)).toHaveLength(1);
  });

  test("who may only read writes nothing", async () => {
    const reader = await anEditorWho("content:read");
    const { errors } = await as(reader, create, { input: post });
    expect(errors).toMatchObject([
      { extensions: { code: "FORBIDDEN", permission: "content:write" } },
    ]);
    expect(await countNodes(reader)).toBe(0);
  });

  test("who may write but not publish makes nothing public, not even at its creation", async () => {
    const writer = await anEditorWho("content:read", "content:write");
    const id = await aPost(writer);
    const forbidden = [{ extensions: { code: "FORBIDDEN", permission: "content:publish" } }];
    const input = { ...post, status: "published" };
    expect((await as(writer, create, { input })).errors).toMatchObject(forbidden);
    expect((await as(writer, publish, { input: { id } })).errors).toMatchObject(forbidden);
    const { rows } = await owner.query("select id, status from nodes where tenant_id = $1", [
      writer.tenant.id,
    ]);
    expect(rows).toEqual([{ id, status: "draft" }]);
  });
});
