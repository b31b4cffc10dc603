import { createHmac } from "node:crypto";
import { configureSearchTokens } from "#modules/search";
import { searchToken } from "../../../src/modules/search/meilisearch/tokens.ts";
import { type TwoTenants, twoTenants } from "./two-tenants.ts";

/** A browser that asks Meilisearch itself, as a visitor of one of two tenants. */
export interface Storefront extends TwoTenants {
  /** What it was given. */
  token: string;
  /** Whatever Meilisearch answers, as text; a GET without a body. */
  ask(path: string, bearer: string, body?: unknown): Promise<string>;
  /** A token as the search key would sign it, whatever it says; or as something else signs it. */
  signed(payload: object, by?: { key?: string; alg?: string }): string;
}

export async function aStorefront(): Promise<Storefront> {
  const given = await twoTenants();
  const { server, ours } = given;
  configureSearchTokens(ours.db, {
    host: server.url,
    prefix: server.prefix,
    searchKey: server.searchKey,
    placeOf: () => Promise.resolve({ generation: 1, own: false, ready: true }),
  });
  const { token } = await searchToken(ours, "en");
  return {
    ...given,
    token,
    async ask(path, bearer, body) {
      const response = await fetch(server.url + path, {
        method: body === undefined ? "GET" : "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      return response.text();
    },
    signed(payload, { key = server.searchKey.key, alg = "HS256" } = {}) {
      const claims = { exp: inAnHour(), apiKeyUid: server.searchKey.uid, ...payload };
      const text = `${part({ alg, typ: "JWT" })}.${part(claims)}`;
      const signature = createHmac("sha256", key).update(text).digest("base64url");
      return `${text}.${alg === "none" ? "" : signature}`;
    },
  };
}

/** A part of a token. */
export const part = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString("base64url");

export const inAnHour = (): number => Math.floor(Date.now() / 1_000) + 3_600;
