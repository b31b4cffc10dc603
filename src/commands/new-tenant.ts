import { randomBytes } from "node:crypto";
import { systemContext, type RequestContext } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import { users } from "#modules/accounts";
import { createTenant, createTenantWithDomains } from "#modules/tenants";
import type { Runtime } from "#processes/runtime";
import type { z } from "zod";

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
  const administrator = { email, password: randomBytes(12).toString("base64url") };
  const person = users.createUser.safeParse({
    ...administrator,
    name: "Administrator",
    role: "administrator",
  });
  const tenant = createTenant.safeParse(input);
  if (!person.success) throw BadUserInput.from(person.error);
  if (!tenant.success) throw BadUserInput.from(tenant.error);

  const ctx = systemContext(db, await createTenantWithDomains(db, tenant.data), log);
  await users.create(ctx, person.data);
  return { ctx, administrator };
}
