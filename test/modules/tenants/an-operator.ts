import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { installation, registry } from "#test/installation";
import { server } from "#test/server";

/** Who runs the installation, signed in to a tenant of their own. */
export async function anOperator(): Promise<RequestContext> {
  const editor = await (await installation()).anEditor();
  const permissions = new Set(registry.permissions);
  return { ...editor, actor: { kind: "user", userId: newId(), sessionId: newId(), permissions } };
}

export interface Answer {
  status: number;
  // The shape of an answer is what each test says it is.
  // eslint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** Calls a REST operation as the context's user. */
export async function call(
  ctx: RequestContext,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const client = await server();
  const response = await client.fetch(`/api/v1${path}`, {
    method,
    headers: {
      "x-tenant-id": ctx.tenant.id,
      authorization: `Bearer ${await client.tokenFor(ctx)}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("application/json");
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}
