import { z } from "zod";
import { type Freshness, staleness } from "#kernel/consistency/freshness";
import { inTime } from "./in-time.ts";
import type { Watched } from "../server.ts";

/** How something that the server works with answers. */
export const DependencyCheck = z.object({
  status: z.enum(["ok", "down"]),
  latencyMs: z.int().meta({ description: "Until it answered, or was given up." }),
});
export type DependencyCheck = z.output<typeof DependencyCheck>;

/** How a server stands with what it works with. */
export interface Standing {
  status: "ok" | "degraded" | "down";
  /** Why it is degraded, or down though all answer. */
  reasons: string[];
  checks: Record<string, DependencyCheck>;
  /** Null where it is not known. */
  freshness: Freshness | null;
  /** Those of the reasons that are about freshness. */
  stale: string[];
}

/** The longest that something may take to count as reachable. */
const answerMs = 2_000;

const looking = new WeakMap<Watched, Promise<Standing>>();

/**
 * Down without its database, and where what it works with would lose something. Degraded while anything
 * else is away, for which something stands in or which is caught up with later, or while what storefronts
 * read is not as fresh as it is to be. However many ask at once, it looks once.
 */
export function lookAfter(server: Watched): Promise<Standing> {
  const known = looking.get(server);
  if (known) return known;
  const found = look(server).finally(() => looking.delete(server));
  looking.set(server, found);
  return found;
}

async function look(server: Watched): Promise<Standing> {
  const { redis, db } = server;
  const probes: Record<string, () => Promise<unknown>> = {
    database: () => db.pool.query("select 1"),
    ...server.dependencies,
    ...(redis && { redis: () => redis.ping() }),
  };
  const found = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => [name, await check(name, probe, server)]),
  );
  const checks = Object.fromEntries(found) as Record<string, DependencyCheck>;
  const unfit = await unfitness(server);
  if (checks["database"]?.status === "down" || unfit !== undefined) {
    const reasons = unfit === undefined ? [] : [unfit];
    return { status: "down", reasons, checks, freshness: null, stale: [] };
  }
  const away = Object.keys(checks).filter((name) => checks[name]?.status === "down");
  const { freshness, stale } = await fresh(server);
  const reasons = [...away.map((name) => `${name} does not answer`), ...stale];
  return { status: reasons.length > 0 ? "degraded" : "ok", reasons, checks, freshness, stale };
}

async function check(
  name: string,
  probe: () => Promise<unknown>,
  { log }: Watched,
): Promise<DependencyCheck> {
  const start = performance.now();
  const answered = (status: DependencyCheck["status"]) => ({
    status,
    latencyMs: Math.round(performance.now() - start),
  });
  try {
    await inTime(answerMs, probe());
    return answered("ok");
  } catch (error) {
    log.warn({ err: error }, `${name} does not answer`);
    return answered("down");
  }
}

/** What does not answer is known from its own check. */
async function unfitness({ unfit }: Watched): Promise<string | undefined> {
  return unfit && inTime(answerMs, unfit()).catch(() => undefined);
}

async function fresh({ freshness, freshnessObjectiveMs, log }: Watched) {
  try {
    const found = await inTime(answerMs, freshness());
    return { freshness: found, stale: staleness(found, freshnessObjectiveMs) };
  } catch (error) {
    log.warn({ err: error }, "what is behind is not known");
    return { freshness: null, stale: ["how fresh the read model is, is not known"] };
  }
}
