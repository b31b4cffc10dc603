import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { z } from "zod";
import type { Tenant } from "#kernel/context";
import type { Database } from "#kernel/database/database";
import { type Channel, postgresChannel, redisChannel } from "./channel.ts";
import { Counts, type TenantCounts } from "./counts.ts";
import { type FindTenant, findTenant } from "./find-tenants.ts";
import { listen } from "./listen.ts";
import { nameOf, type TenantKey, type TenantName } from "./names.ts";
import { type Limits, RememberedTenants } from "./remembered.ts";
import { Roll } from "./roll.ts";
import { Settling } from "./settling.ts";
import { type SharedAnswer, SharedTenants } from "./shared.ts";

const limits: Limits = { capacity: 1_000, ttlMs: { found: 5 * 60_000, none: 60_000 } };
/** How long anything is believed while changes may not be heard of. */
const deafTtlMs = 1_000;
/** How many names a second are looked up singly; beyond that, the roll is asked first. */
const singlyPerSecond = 10;

/** What a process has of the tenants there are: made once at its start, shared by all that it does. */
export interface Tenants {
  find: FindTenant;
  /** For /metrics: the counts of all processes together where they share a Redis, else of this one. */
  counts(): Promise<TenantCounts>;
  /** What this process remembers and hears, for /metrics. */
  state(): { remembered: { found: number; none: number }; hears: { name: string; up: boolean }[] };
  stop(): Promise<void>;
}

export interface TenantsOptions {
  db: Database;
  /** Left out: each process remembers for itself. */
  redis?: Redis | undefined;
  log: Logger;
  /** How often it is made sure that changes would be heard of, in milliseconds. */
  beatMs?: number;
  /** By what they are heard of; PostgreSQL and, if there is one, Redis when left out. */
  channels?: Channel[];
  /** How many connections to the database the process may open, for the others to know. */
  connections?: number | undefined;
}

/** What is said of a change: by what the tenant is found, and what tells it from other changes. */
const Announcement = z.object({
  change: z.string().min(1),
  names: z.array(z.templateLiteral([z.enum(["uuid", "slug", "host"]), ":", z.string()])),
});
type Announcement = z.output<typeof Announcement>;

/** Undefined for what is not ours to say. Anybody may make everything forgotten, by any word on Redis' channel. */
function announcementIn(message: string): Announcement | undefined {
  try {
    return Announcement.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}

/** Finds tenants and remembers what it found, absence included, for as long as it hears of no change. */
export function openTenants(options: TenantsOptions): Tenants {
  const { db, redis, log, beatMs = 5_000 } = options;
  const channels = options.channels ?? [
    postgresChannel(db.url, options.connections),
    ...(redis ? [redisChannel(redis)] : []),
  ];
  const remembered = new RememberedTenants(limits);
  const shared = redis && new SharedTenants(redis, limits);
  const settling = shared && new Settling(() => shared.forgetAll());
  const counts = new Counts(shared);
  const roll = new Roll(db);
  const singly = new RateLimiterMemory({ points: singlyPerSecond, duration: 1 });
  const underWay = new Map<TenantName, Promise<Tenant | null>>();
  /** Raised by each change: what was asked before it is not remembered after it. */
  let changes = 0;

  const listenings = channels.map((channel) =>
    listen({ channel, beatMs, log, hear: hearOn(channel), up: forgetAll, down: forgetAll }),
  );
  const hearsAll = () => listenings.every((listening) => listening.isUp());

  function hearOn({ name }: Channel) {
    return (message: string) => {
      const said = announcementIn(message);
      if (!said) return forgetAll();
      const { change, names } = said;
      forget(() => remembered.forget(names));
      // Redis must know of it before it is believed again; what Redis says itself, it knows.
      if (name === "PostgreSQL") settling?.add(async () => shared?.forget(names, change));
    };
  }

  /** Nobody knows what was missed. */
  function forgetAll(): void {
    forget(() => remembered.clear());
    settling?.addAnew();
  }

  function forget(drop: () => void): void {
    changes += 1;
    drop();
    roll.forget();
    underWay.clear();
  }

  function find(key: TenantKey): Promise<Tenant | null> {
    const name = nameOf(key);
    const known = remembered.get(name);
    if (known !== undefined) {
      counts.add(known ? "hits" : "negativeHits");
      return Promise.resolve(known);
    }
    const already = underWay.get(name);
    if (already) {
      counts.add("misses");
      return already;
    }
    const looking = look(name, key).finally(() => {
      if (underWay.get(name) === looking) underWay.delete(name);
    });
    underWay.set(name, looking);
    return looking;
  }

  async function look(name: TenantName, key: TenantKey): Promise<Tenant | null> {
    const before = changes;
    const remember = (tenant: Tenant | null, ms: number) => {
      if (changes === before) remembered.set(name, tenant, hearsAll() ? ms : deafTtlMs);
    };
    const answer = await askShared(name);
    if (answer?.tenant !== undefined) {
      counts.add(answer.tenant ? "hits" : "negativeHits");
      remember(answer.tenant, answer.until - Date.now());
      return answer.tenant;
    }
    if (await isNobodys(name)) {
      counts.add("negativeHits");
      return null;
    }
    counts.add("misses");
    counts.add("lookups");
    const tenant = await findTenant(db, key);
    remember(tenant, Infinity);
    if (answer) shared?.write(name, tenant, answer.changes).catch(() => settling?.addAnew());
    return tenant;
  }

  /** Undefined where there is no Redis, or none to be believed now. */
  async function askShared(name: TenantName): Promise<SharedAnswer | undefined> {
    if (!settling?.isSettled) return undefined;
    try {
      return await shared?.read(name);
    } catch {
      settling.addAnew();
      return undefined;
    }
  }

  /** Asked without the database as a rule, and with it once for all names when unknown ones come in number. */
  async function isNobodys(name: TenantName): Promise<boolean> {
    const spare = await singly.consume("name").then(
      () => true,
      () => false,
    );
    if (spare) return false;
    const goodForMs = hearsAll() ? limits.ttlMs.none : deafTtlMs;
    return !(await roll.has(name, goodForMs, () => counts.add("lookups")));
  }

  return {
    find,
    counts: () => counts.read(),
    state: () => ({
      remembered: remembered.size,
      hears: channels.map(({ name }, n) => ({ name, up: listenings[n]?.isUp() ?? false })),
    }),
    async stop() {
      await Promise.all(listenings.map((listening) => listening.stop()));
      await settling?.stop();
      await counts.stop();
    },
  };
}
