import { expect, test } from "vitest";
import { Host, hostOf, isSlug, Slug } from "#kernel/tenancy/names";

test.each([
  ["shop.example.com", "shop.example.com"],
  ["Shop.Example.COM:8443", "shop.example.com"],
  ["shop.example.", "shop.example"],
  ["localhost:3000", "localhost"],
  ["127.0.0.1:3000", "127.0.0.1"],
  [`${"a".repeat(63)}.example`, `${"a".repeat(63)}.example`],
])("the header %j names the host %j", (header, host) => {
  expect(hostOf(header)).toBe(host);
});

test.each([
  "",
  ".",
  "-a.example",
  "a-.example",
  "a..example",
  "a_b.example",
  "a b",
  "[::1]:3000",
  "shop.example:port",
  "köln.example",
  "a\0.example",
  "shop.example/../x",
  `${"a".repeat(64)}.example`,
  `${"a.".repeat(127)}com`,
])("the header %j names no host", (header) => {
  expect(hostOf(header)).toBeUndefined();
});

test("a domain is kept as browsers send it", () => {
  expect(Host.parse(" Köln.Example. ")).toBe("xn--kln-sna.example");
  for (const wrong of ["", "a b", "shop.example:80", "https://shop.example", "[::1]", "a/b"]) {
    expect(Host.safeParse(wrong).error?.issues, wrong).toMatchObject([
      { message: "must be a host name, without a port" },
    ]);
  }
});

test("a slug is a label of a host name, and none that an installation needs itself", () => {
  for (const slug of ["a", "demo", "shop-2", "0a", "a".repeat(63)]) expect(isSlug(slug)).toBe(true);
  // Tenants that a verification makes are found, but nobody else's may be called so.
  expect([isSlug("tenancy-verify-a"), Slug.safeParse("tenancy-verify-a").success]).toEqual([
    true,
    false,
  ]);
  for (const slug of ["", "-a", "a-", "a--b", "A", "a.b", "ä", "a".repeat(64), "www", "api"]) {
    expect(isSlug(slug), slug).toBe(false);
    expect(Slug.safeParse(slug).success, slug).toBe(false);
  }
});
