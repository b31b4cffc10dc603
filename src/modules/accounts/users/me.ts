import { personOf } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { isOn } from "../second-factor/second-factor.service.ts";
import { own } from "./profile.service.ts";

/** Who has signed in, as they may know it. */
export interface Me {
  id: string;
  email: string;
  emailVerified: boolean;
  name: string;
  role: string;
  permissions: string[];
  hasPassword: boolean;
  /** Whether a code is asked for at sign-in. */
  secondFactor: boolean;
}

export async function me(ctx: RequestContext): Promise<Me> {
  const { permissions } = personOf(ctx);
  const { id, email, emailVerifiedAt, name, role, passwordHash } = await own(ctx);
  return {
    id,
    email,
    emailVerified: Boolean(emailVerifiedAt),
    name,
    role,
    permissions: [...permissions].toSorted(),
    hasPassword: Boolean(passwordHash),
    secondFactor: await isOn(ctx, id),
  };
}
