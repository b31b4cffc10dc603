import type { RequestContext } from "#kernel/context";
import { server } from "#test/server";

/** What a GraphQL answer says went wrong: the code, and where each issue is. */
export interface Refusal {
  code: unknown;
  issues: string[];
}

/** Sends an operation as the context's user. Throws when the answer has errors. */
export async function edit<Data>(
  ctx: RequestContext,
  operation: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const { data, errors } = await send<Data>(ctx, operation, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Sends an operation that must be refused. */
export async function refusal(
  ctx: RequestContext,
  operation: string,
  variables: Record<string, unknown> = {},
): Promise<Refusal> {
  const { errors } = await send(ctx, operation, variables);
  const { code, issues = [] } = errors?.[0]?.extensions ?? {};
  return { code, issues: (issues as { path: unknown[] }[]).map(({ path }) => path.join(".")) };
}

/** Sends a query as a visitor. Throws when the answer has errors. */
export async function visit<Data>(
  { tenant }: RequestContext,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const { data, errors } = await (await server()).graphql<Data>(tenant, query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** The same person with these permissions alone. */
export function limited(ctx: RequestContext, ...permissions: string[]): RequestContext {
  if (ctx.actor.kind !== "user") throw new Error("Only people have permissions.");
  return { ...ctx, actor: { ...ctx.actor, permissions: new Set(permissions) } };
}

async function send<Data>(ctx: RequestContext, operation: string, variables: object) {
  const client = await server();
  const token = await client.tokenFor(ctx);
  return client.graphql<Data>(ctx.tenant, operation, variables as Record<string, unknown>, token);
}
