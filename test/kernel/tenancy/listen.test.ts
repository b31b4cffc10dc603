import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { afterwards } from "#test/afterwards";
import { log } from "#test/installation";
import type { Channel } from "../../../src/kernel/tenancy/channel.ts";
import { listen } from "../../../src/kernel/tenancy/listen.ts";

test("what cannot be connected to is tried twice a second, though each try says once more that it has failed", async () => {
  let tries = 0;
  const away: Channel = {
    name: "PostgreSQL",
    open: (_, fail) => {
      tries += 1;
      const refused = new Error("connection refused");
      // As a connection does: first its opening fails, then it ends.
      setTimeout(() => fail(refused));
      return Promise.reject(refused);
    },
  };
  const listening = listen({
    channel: away,
    hear: () => {},
    up: () => {},
    down: () => {},
    beatMs: 5_000,
    log: log.child({}, { level: "silent" }),
  });
  afterwards(() => listening.stop());
  await sleep(1_200);
  expect(tries).toBeGreaterThan(1);
  expect(tries).toBeLessThanOrEqual(3);
  expect(listening.isUp()).toBe(false);
});
