import { Redis } from "ioredis";
import { type Check, fault, ok, type Patient, warning } from "./checkup.ts";

const oldest = 6.2;

export const redis: Check = {
  name: "redis",
  remedy: "Make RUSTOK_REDIS_URL reach a Redis or Valkey that takes the login, or unset it.",
  async look(patient) {
    const { redisUrl } = patient.config;
    if (redisUrl === undefined) return [ok("none: each process has its own cache")];
    return withRedis(redisUrl, async (client) => {
      const server = await client.info("server");
      const version = /^(?:valkey|redis)_version:(\d+\.\d+)/m.exec(server)?.[1] ?? "";
      const policy = /^maxmemory_policy:(\S+)/m.exec(await client.info("memory"))?.[1];
      const host = new URL(redisUrl).host;
      return [
        Number.parseFloat(version) >= oldest
          ? ok(`version ${version} at ${host}`)
          : fault(`version ${version} at ${host} is too old`, `Upgrade it to ${oldest} or later.`),
        policy === "noeviction"
          ? ok("it keeps everything (noeviction)")
          : fault(
              `maxmemory-policy is ${policy}: when its memory is full, it throws jobs away`,
              "Set maxmemory-policy to noeviction: `redis-cli config set maxmemory-policy noeviction`, and in its configuration.",
            ),
        persistence(await client.info("persistence"), patient),
      ];
    });
  },
};

/** What a restart forgets is enqueued again from the outbox; it takes a while. */
function persistence(info: string, { config }: Patient) {
  const kept = /^aof_enabled:1/m.test(info);
  return kept || !config.production
    ? undefined
    : warning(
        "it forgets everything when it is restarted (no append-only file)",
        "Set appendonly to yes; without, what was queued is made up for by the drift patrol only.",
      );
}

async function withRedis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: Error | undefined;
  client.on("error", (error) => (reason = error));
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw reason ?? error;
  } finally {
    client.disconnect();
  }
}
