import type { RequestContext } from "#kernel/context";
import { comments, submitComment } from "#modules/blog";
import { nodes } from "#modules/content";
import { refreshContent } from "#modules/index";
import { installation } from "#test/installation";
import { aNode, english } from "../content/a-node.ts";

const { owner, aTenant, anEditor } = await installation();

/** A tenant's editor, and a visitor of the same tenant. */
export async function aBlog(settings: Record<string, unknown> = {}) {
  const tenant = await aTenant();
  const editor = await anEditor(tenant);
  await set(editor, settings);
  const guest: RequestContext = { ...editor, actor: { kind: "anonymous" } };
  return { editor, guest };
}

/** Sets what the blog of the tenant is to be like, and nothing else. */
export async function set({ tenant }: RequestContext, settings: Record<string, unknown>) {
  await owner.query(
    `insert into tenant_settings (tenant_id, module, value) values ($1, 'blog', $2)
     on conflict (tenant_id, module) do update set value = excluded.value`,
    [tenant.id, settings],
  );
}

/** The id of a published post. */
export async function aPost(ctx: RequestContext, slug?: string, more = {}): Promise<string> {
  const translations = slug ? { translations: [english(slug)] } : {};
  return (await aNode(ctx, { status: "published", ...translations, ...more })).id;
}

let guests = 0;

/** What a reader sends, each from an address of their own unless said otherwise. */
export const written = (postId: string, more = {}) =>
  submitComment.parse({
    postId,
    name: "Jo",
    email: `reader-${++guests}@example.com`,
    text: "Well said.",
    ...more,
  });

/** Submits a comment and approves it. */
export async function anApproved(
  { editor, guest }: { editor: RequestContext; guest: RequestContext },
  postId: string,
  more = {},
): Promise<string> {
  const { id } = await comments.submit(guest, written(postId, more));
  await comments.moderate(editor, { id, status: "approved" });
  return id;
}

export const hide = (ctx: RequestContext, id: string) => nodes.unpublish(ctx, { id });

/** Puts nodes into the read model as the jobs would. */
export const projected = (ctx: RequestContext, ids: string[]) => refreshContent(ctx, ids);
