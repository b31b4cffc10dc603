import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { openThrottle, type Throttle } from "#kernel/security/throttle";
import { afterwards } from "#test/afterwards";
import { leash } from "#test/leash";
import { freePort } from "#test/process";

const limit = { name: "test", tries: 3, seconds: 60 };

const codes = async (throttle: Throttle, tries: number, key = "ann") => {
  const made = Array.from({ length: tries }, () =>
    throttle.take([limit, key]).then(
      () => "ok",
      ({ code }: { code: string }) => code,
    ),
  );
  return (await Promise.all(made)).filter((code) => code === "ok").length;
};

test("tries side by side count one by one, and each key for itself", async () => {
  const throttle = openThrottle();
  expect(await codes(throttle, 10)).toBe(3);
  expect(await codes(throttle, 10, "bob")).toBe(3);
  await expect(throttle.take([limit, "ann"])).rejects.toMatchObject({
    code: "RATE_LIMITED",
    status: 429,
    details: { retryAfter: 60 },
  });
});

test("what is given back may be tried again, and a reset is a beginning", async () => {
  const throttle = openThrottle();
  for (let turn = 0; turn < 10; turn++) {
    await throttle.take([limit, "ann"]);
    await throttle.giveBack([limit, "ann"]);
  }
  expect(await codes(throttle, 10)).toBe(3);
  await throttle.reset([limit, "ann"]);
  expect(await codes(throttle, 10)).toBe(3);
});

test("of several limits the one that lasts longest is told", async () => {
  const throttle = openThrottle();
  const long = { name: "long", tries: 3, seconds: 600 };
  await codes(throttle, 3);
  for (let turn = 0; turn < 3; turn++) await throttle.take([long, "ann"]);
  await expect(throttle.take([limit, "ann"], [long, "ann"])).rejects.toMatchObject({
    details: { retryAfter: 600 },
  });
});

const binary = process.env["REDIS_BIN"] || "redis-server";
const none = !isThere();
if (none) process.stderr.write("skipped: no Redis\n");

describe.skipIf(none)(`with Redis${none ? " (skipped: no Redis)" : ""}`, () => {
  test("processes count together, and each for itself while Redis is away", async () => {
    const port = await freePort();
    const args = ["--port", String(port), "--save", "", "--appendonly", "no"];
    const running: ChildProcess = spawn(binary, args, { stdio: "ignore" });
    leash(running);
    afterwards(() => running.kill("SIGKILL"));
    const clients = [0, 1].map(() => new Redis(port, { maxRetriesPerRequest: 0 }));
    for (const redis of clients) {
      redis.on("error", () => {});
      afterwards(() => redis.disconnect());
      await expect.poll(() => redis.status, { timeout: 10_000 }).toBe("ready");
    }
    const [one, other] = clients.map((redis) => openThrottle(redis)) as [Throttle, Throttle];
    expect((await codes(one, 2)) + (await codes(other, 5))).toBe(3);
    expect(await codes(one, 5)).toBe(0);

    const gone = once(running, "exit");
    running.kill("SIGKILL");
    await gone;
    await expect.poll(() => clients.map(({ status }) => status)).not.toContain("ready");
    expect(await codes(one, 10, "bob")).toBe(3);
    expect(await codes(other, 10, "bob")).toBe(3);
  });
});

function isThere(): boolean {
  try {
    execFileSync(binary, ["--version"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}
