import { redisVersion, type RealRedis, startRedis } from "./redis.ts";

/** What queues are kept in, in tests that hold for each. */
export interface Backend {
  name: "PostgreSQL" | "Redis";
  /** Where it is; the file's database keeps them without. Started at the first call, and gone with the file. */
  redisUrl(): Promise<string | undefined>;
}

let redis: Promise<RealRedis> | undefined;

/** Those there are: without a redis-server, PostgreSQL alone, and the file says so. */
export const backends: Backend[] = [
  { name: "PostgreSQL", redisUrl: async () => undefined },
  ...(redisVersion === null
    ? []
    : [
        {
          name: "Redis" as const,
          redisUrl: async () => (await (redis ??= startRedis())).url,
        },
      ]),
];

/** Leaves nothing on any queue in Redis. */
export async function emptyRedis(): Promise<void> {
  await (await redis)?.client.flushall();
}
