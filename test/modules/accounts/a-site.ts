import type { RequestContext, Tenant } from "#kernel/context";
import { systemContext } from "#kernel/context";
import { users } from "#modules/accounts";
import { eventsOf, installation, log } from "#test/installation";
import { server } from "#test/server";

export const password = "a password of some length";

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  tokenType: string;
}

export interface Answer<Body> {
  status: number;
  body: Body & {
    error?: { code: string; message: string; details: Record<string, unknown> };
  };
  headers: Headers;
}

/** A tenant whose people sign in by REST. */
export interface Site {
  tenant: Tenant;
  /** Acts as the system. */
  ctx: RequestContext;
  /** Somebody with the password of this file, whose address is verified; resolves with their id. */
  aUser(email: string, role?: "administrator" | "editor" | "customer"): Promise<string>;
  /** Calls below `/api/auth`; with a body it is a POST. */
  call<Body = object>(path: string, options?: Call): Promise<Answer<Body>>;
  signIn(email: string): Promise<Tokens>;
  events(): Promise<string[]>;
}

interface Call {
  body?: unknown;
  method?: string;
  token?: string;
}

export async function aSite(
  overrides: Partial<Tenant & { domains: string[] }> = {},
): Promise<Site> {
  const { db, owner, aTenant } = await installation();
  const client = await server();
  const tenant = await aTenant(overrides);
  const ctx = systemContext(db, tenant, log);

  const call = async <Body = object>(path: string, options: Call = {}): Promise<Answer<Body>> => {
    const { body, token } = options;
    const response = await client.fetch(`/api/auth${path}`, {
      method: options.method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        "content-type": "application/json",
        "x-tenant-id": tenant.id,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text ? JSON.parse(text) : {}) as Answer<Body>["body"],
      headers: response.headers,
    };
  };
  return {
    tenant,
    ctx,
    call,
    async aUser(email, role = "editor") {
      const { id } = await users.create(ctx, { email, name: "Ann", role, password });
      await owner.query("update users set email_verified_at = now() where id = $1", [id]);
      return id;
    },
    async signIn(email) {
      const { status, body } = await call<Tokens>("/login", { body: { email, password } });
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body;
    },
    events: async () => (await eventsOf(ctx)).map(({ type }) => type),
  };
}
