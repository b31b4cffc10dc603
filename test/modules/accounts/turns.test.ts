import { expect, test } from "vitest";
import { openTurns } from "../../../src/modules/accounts/passwords/turns.ts";

test("so much is under way at once, the rest in the order it came in", async () => {
  const turns = openTurns(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3].map((n) =>
    turns(() => {
      begun.push(n);
      return new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  await expect.poll(() => begun).toEqual([0, 1]);
  ends[0]?.();
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  ends[1]?.();
  await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
  ends[2]?.();
  ends[3]?.();
  await Promise.all(all);
});

test("what fails gives its turn on", async () => {
  const turns = openTurns(1);
  await expect(turns(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(turns(() => Promise.resolve("next"))).resolves.toBe("next");
});

test("with a thousand waiting, one more is told to come again", async () => {
  const turns = openTurns(1);
  let end: (() => void) | undefined;
  const first = turns(() => new Promise<void>((resolve) => (end = resolve)));
  await expect.poll(() => end).toBeDefined();
  const waiting = Array.from({ length: 1_000 }, () => turns(() => Promise.resolve()));
  await expect(turns(() => Promise.resolve())).rejects.toMatchObject({ code: "RATE_LIMITED" });
  end?.();
  await Promise.all([first, ...waiting]);
  await expect(turns(() => Promise.resolve("again"))).resolves.toBe("again");
});
