import { afterEach, expect, test } from "vitest";
import { openSender } from "../../../src/modules/webhooks/outbound/send.ts";
import { rangeOf } from "#kernel/outbound/addresses";
import type { Resolve } from "#kernel/outbound/resolve";
import { aReceiver, status } from "./a-receiver.ts";

/*
 * The canary listens where nothing is to be sent: at this machine's own addresses, of either kind. What
 * stands for the public internet here is one address beside it, which alone is allowed.
 */
const canary = await aReceiver("127.0.0.1");
const canary6 = await aReceiver("::1");
const stranger = await aReceiver("127.0.0.2");
const { port } = new URL(canary.url);
const { port: port6 } = new URL(canary6.url);
const { port: strangersPort } = new URL(stranger.url);

const seen = () => canary.connections() + canary6.connections();
const timeoutMs = 20_000;
const publicAlone = [rangeOf("127.0.0.2/32")];

afterEach(() => stranger.answerWith(status(204)));

/** A name service whose answers follow each other. */
const answering = (...answers: string[][]): Resolve => {
  let asked = 0;
  return async () =>
    (answers[asked++ % answers.length] ?? []).map((address) => ({
      address,
      family: address.includes(":") ? 6 : 4,
    }));
};

const to = (url: string) => ({ url, headers: {}, body: "{}" });

/** The canary's address in every way it can be written. */
const literals = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "2130706433",
  "0x7f000001",
  "0x7f.1",
  "0177.0.0.1",
  "0177.0.0.0x1",
  "017700000001",
  "0",
  "0.0.0.0",
  "127.0.0.1.",
  "127。0。0。1",
  "①②⑦.0.0.1",
  "%31%32%37.0.0.1",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[0:0:0:0:0:ffff:7f00:1]",
  "[::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[::]",
  "[2002:7f00:1::]",
];

/** What leads there by name. */
const names: [string, Resolve][] = [
  ["plainly", answering(["127.0.0.1"])],
  ["beside a good one", answering(["127.0.0.2", "127.0.0.1"])],
  ["before a good one", answering(["127.0.0.1", "127.0.0.2"])],
  ["as the other kind", answering(["::1"])],
  ["mapped", answering(["::ffff:127.0.0.1"])],
  ["each second time", answering(["127.0.0.2"], ["127.0.0.1"])],
  ["each third time", answering(["127.0.0.2"], ["127.0.0.2"], ["127.0.0.1", "::1"])],
  ["nowhere in particular", answering(["0.0.0.0"])],
];

test("the canary sees nothing in 500 tries: literals, names, names that change, redirects", async () => {
  let tries = 0;
  let answer: Resolve = answering([]);
  const sender = openSender({
    timeoutMs,
    allowedRanges: publicAlone,
    resolve: (host) => answer(host),
  });
  const send = (resolve: Resolve, url: string) => {
    tries += 1;
    answer = resolve;
    return sender(to(url));
  };
  for (const host of literals) {
    for (const end of ["", "/", "/hook?x=1"]) {
      const outcome = await send(answering(["127.0.0.1"]), `http://${host}:${port}${end}`);
      expect([host, outcome.problem]).toEqual([host, expect.any(String)]);
    }
  }
  for (const path of ["/", "/hook"]) await send(answering(["::1"]), `http://[::1]:${port6}${path}`);

  for (const [, resolve] of names) {
    for (let round = 0; round < 35; round++) {
      // The canary's port: a good address there is nobody's, a bad one would be the canary.
      await send(resolve, `http://changing${round}.example:${port}/`);
    }
  }
  const targets = [`http://127.0.0.1:${port}/`, `http://[::1]:${port6}/`, "//127.0.0.1:" + port];
  for (let round = 0; round < 160; round++) {
    const location = targets[round % targets.length] ?? "";
    stranger.answerWith(status([301, 302, 303, 307, 308][round % 5] ?? 302, { location }));
    const outcome = await send(answering(["127.0.0.2"]), `http://public.example:${strangersPort}/`);
    expect(outcome.problem).toMatch(/redirects are not followed/);
  }
  expect(tries).toBeGreaterThanOrEqual(500);
  expect(stranger.received.length).toBe(160);
  expect(seen()).toBe(0);
}, 120_000);

test("the control: where the operator allows it, the same tries reach the canary", async () => {
  const allowedRanges = ["127.0.0.0/8", "::1/128"].map(rangeOf);
  const send = (resolve: Resolve, url: string) =>
    openSender({ timeoutMs, allowedRanges, resolve })(to(url));
  const before = seen();
  const outcomes = [
    await send(answering(["127.0.0.1"]), `http://2130706433:${port}/`),
    await send(answering(["127.0.0.1"]), `http://named.example:${port}/`),
    await send(answering([]), `http://[::1]:${port6}/`),
  ];
  expect(outcomes.map(({ status: code }) => code)).toEqual([204, 204, 204]);
  expect(seen()).toBe(before + 3);
});

test("what is refused says nothing of the address it was", async () => {
  const send = openSender({
    timeoutMs,
    allowedRanges: publicAlone,
    resolve: answering(["10.11.12.13"]),
  });
  const outcome = await send(to("https://inside.example/"));
  expect(outcome).toMatchObject({
    status: null,
    problem: "The host has an address that requests may not be sent to.",
  });
});
