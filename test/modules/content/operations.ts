import type { RequestContext } from "#kernel/context";
import { installation } from "#test/installation";
import { server } from "#test/server";

const { owner } = await installation();
const client = await server();

/** Sends an operation as the editor of the context. */
export const as = async <Data = Record<string, { id: string; revision: number }>>(
  ctx: RequestContext,
  query: string,
  variables?: Record<string, unknown>,
) => client.graphql<Data>(ctx.tenant, query, variables, await client.tokenFor(ctx));

export const create =
  "mutation ($input: CreateNodeInput!) { createNode(input: $input) { id revision } }";
export const change =
  "mutation ($input: UpdateNodeInput!) { updateNode(input: $input) { id revision } }";
export const publish =
  "mutation ($input: KeyInput!) { publishNode(input: $input) { id revision status publishedAt } }";
export const unpublish =
  "mutation ($input: KeyInput!) { unpublishNode(input: $input) { id revision status } }";
export const remove = "mutation ($input: KeyInput!) { deleteNode(input: $input) }";

export const post = {
  kind: "post",
  translations: [{ locale: "en", slug: "hello", title: "Hello" }],
};

/** The id of a new post. */
export async function aPost(ctx: RequestContext, overrides = {}): Promise<string> {
  const { data } = await as(ctx, create, { input: { ...post, ...overrides } });
  return data["createNode"]?.id ?? "";
}

export const countNodes = async ({ tenant }: RequestContext) =>
  (await owner.query("select from nodes where tenant_id = $1", [tenant.id])).rowCount;
