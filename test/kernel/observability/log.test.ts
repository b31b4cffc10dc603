import { expect, test } from "vitest";
import { createLog } from "#kernel/observability/log";

/** What a line with these facts says. */
function written(facts: object, message = "fact"): string {
  const lines: string[] = [];
  createLog("info", { write: (line) => lines.push(line) }).info(facts, message);
  return lines.join("");
}

test.each([
  ["authorization", { headers: { authorization: "Bearer s3cret" } }],
  ["cookies", { req: { headers: { cookie: "sid=s3cret", "set-cookie": "s3cret" } } }],
  ["a password", { input: { password: "s3cret" } }],
  ["tokens", { token: "s3cret", answer: { accessToken: "s3cret", refreshToken: "s3cret" } }],
  ["an API key", { headers: { "x-api-key": "s3cret" } }],
  ["an e-mail address by its field", { user: { email: "s3cret" } }],
])("%s are not written", (_, facts) => {
  const line = written(facts);
  expect(line).not.toContain("s3cret");
  expect(line).toContain("[redacted]");
});

test("nor are they where they stand in a text: in a message, an error, an SQL statement", () => {
  const error = new Error('duplicate key: (email)=(ann.b+c@shop.example), "Bearer s3cret.s3cret"');
  const line = written(
    { err: error, url: "postgres://app:s3cret@db.example/shop" },
    "eyJhbGciOiJ9.eyJzdWIiOiJhbm4ifQ.s3cret for bo@mail.shop.example",
  );
  expect(line).not.toMatch(/s3cret|ann\.b|bo@/);
  expect(JSON.parse(line)).toMatchObject({
    err: { message: 'duplicate key: (email)=([e-mail]), "Bearer [redacted]"' },
    url: "postgres://[redacted]@db.example/shop",
    msg: "[redacted] for [e-mail]",
  });
});

test("everything else is written as it is, a line of JSON each", () => {
  const facts = { path: "/api/v1/notes/1", ms: 1.5, tenant: "demo", at: "2026-11-23T05:00:00Z" };
  expect(JSON.parse(written(facts))).toMatchObject(facts);
});

test.each([["a".repeat(1_000_000) + "/@"], ["eyJ-".repeat(250_000)]])(
  "a line that somebody made long is looked through once, not once for each of its characters",
  (text) => {
    expect(JSON.parse(written({}, text))).toMatchObject({ msg: text });
  },
);
