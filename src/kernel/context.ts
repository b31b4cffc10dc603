import type { Logger } from "pino";
import type { z } from "zod";
import type { Database } from "#kernel/database/database";
import { newId } from "#kernel/ids";

/** One shop or site. Every request and every job works for exactly one. */
export interface Tenant {
  id: string;
  slug: string;
  name: string;
  /** BCP 47. */
  defaultLocale: string;
  locales: string[];
  /** ISO 4217. */
  defaultCurrency: string;
  currencies: string[];
  /** Nobody is served for a suspended one. */
  status: "active" | "suspended";
  /** The slugs of the optional modules that are switched off for it. */
  disabledModules: string[];
}

/** Who acts: nobody we know, a person who signed in, an integration, or the system itself. */
export type Actor =
  | { kind: "anonymous" }
  | {
      kind: "user";
      userId: string;
      sessionId: string;
      permissions: ReadonlySet<string>;
    }
  | { kind: "apiKey"; keyId: string; permissions: ReadonlySet<string> }
  | { kind: "system" };

/** The id of the person or of the key; null for nobody we know and for the system. */
export function actorIdOf(actor: Actor): string | null {
  if (actor.kind === "user") return actor.userId;
  return actor.kind === "apiKey" ? actor.keyId : null;
}

/** Who stands behind a credential, such as `Bearer …` carries. Throws UNAUTHENTICATED. */
export type FindActor = (tenant: Tenant, credential: string) => Promise<Actor>;

/** Where a request came from. */
export interface Origin {
  /** IP address. */
  address: string;
  userAgent: string | undefined;
}

/** What a resolver, a service or a job is given to work with. */
export interface RequestContext {
  tenant: Tenant;
  actor: Actor;
  requestId: string;
  /** Absent where nobody asked from outside. */
  origin?: Origin;
  db: Database;
  log: Logger;
  /** Hosts below it are tenants' by their slugs; absent where there is none. */
  baseDomain?: string | undefined;
  /** The modules there are; absent where nobody has put them together, as in jobs. */
  modules?: readonly KnownModule[];
  /** What the caller has shown to have changed. The read model has it; the search engine may not have it yet. */
  mustShow?: Changes;
}

/** What a service may know of a module that is not its own. */
export interface KnownModule {
  slug: string;
  /** Its tables with rows of tenants. */
  tables: string[];
  /** What a tenant may set for it. */
  settings?: z.ZodObject;
}

/** What somebody has changed and is to see. */
export interface Changes {
  /** The products, nodes, categories and so on that were changed. */
  aggregateIds: string[];
  /** When the read model had all of it, as the database writes it: to the microsecond. */
  projectedAt: string;
  /** Until when the search engine may be waited for, by `performance.now()`. */
  waitUntil: number;
}

/** A context for work nobody asked for by hand: jobs, imports, seeds. */
export function systemContext(
  db: Database,
  tenant: Tenant,
  log: Logger,
  requestId = newId(),
): RequestContext {
  return { tenant, actor: { kind: "system" }, requestId, db, log: log.child({ requestId }) };
}
