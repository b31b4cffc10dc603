import { randomBytes } from "node:crypto";
import { systemContext, type RequestContext } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { createUser, users } from "#modules/accounts";
import { createTenant, tenants } from "#modules/tenants";
import type { Runtime } from "#processes/runtime";
import { z } from "zod";

/** Whom a new tenant belongs to. The password is kept nowhere else and shown once. */
export interface Administrator {
  email: string;
  password: string;
}

/** Creates a tenant and somebody who may do everything in it. Throws BAD_USER_INPUT or CONFLICT. */
export async function createTenantWithAdministrator(
  { db, log }: Runtime,
  input: z.input<typeof createTenant>,
  email: string,
): Promise<{ ctx: RequestContext; administrator: Administrator }> {
  const tenant = createTenant.safeParse(input);
  const person = createUser.shape.email.safeParse(email);
  if (!tenant.success || !person.success) {
    const faults = (person.error?.issues ?? []).map((issue) => ({ ...issue, path: ["email"] }));
    throw BadUserInput.from(new z.ZodError([...(tenant.error?.issues ?? []), ...faults]));
  }
  const founder = { db, log, actor: { kind: "system" as const }, requestId: newId() };
  const ctx = systemContext(db, await tenants.create(founder, tenant.data), log);
  return { ctx, administrator: await createAdministrator(ctx, person.data) };
}

/** Creates somebody who may do everything in the tenant. Throws CONFLICT when the address is taken. */
export async function createAdministrator(
  ctx: RequestContext,
  email: string,
): Promise<Administrator> {
  const administrator = { email, password: randomBytes(12).toString("base64url") };
  await users.create(ctx, { ...administrator, name: "Administrator", role: "administrator" });
  return administrator;
}
