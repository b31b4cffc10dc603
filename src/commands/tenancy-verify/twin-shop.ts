import { randomBytes } from "node:crypto";
import { builtInRoles } from "#kernel/access/permissions";
import { type RequestContext, systemContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { slugPrefixOfVerification } from "#kernel/tenancy/names";
import { users } from "#modules/accounts";
import { refreshAllComments } from "#modules/blog";
import { refreshAll } from "#modules/index";
import { refreshAllPages } from "#modules/pages";
import { recorderOf } from "#modules/search";
import { tenants } from "#modules/tenants";
import { type Ids, type Shop, fill, searchIn, shopOf } from "./fill-shop.ts";
import { request, type World } from "./world.ts";

/** A shop with the same handles, slugs, SKUs and e-mail addresses as its twins; only its word tells it apart. */
export interface Twin {
  /** The system at work in it. */
  editor: RequestContext;
  /** Of its administrator. */
  token: string;
  /** One for each role, by its slug; `proofreader` is the shop's own. */
  tokens: Record<string, string>;
  /** In every text of the shop, and in the handle or slug of one thing of each kind. */
  word: string;
  password: string;
  ids: Record<Ids | "person" | "customer" | "session" | "role", string>;
  /** What its API key begins with. */
  prefix: string;
}

export const emailOf = (role: string) => `${role}@people.example`;

/** Creates the tenant, its people and everything there can be in it, with its documents. */
export async function aTwin(world: World, word: string): Promise<Twin> {
  const { db, log } = world;
  const founder = { db, log, actor: { kind: "system" as const }, requestId: newId() };
  const slug = `${slugPrefixOfVerification}${newId()}`;
  const tenant = await tenants.create(founder, {
    slug,
    name: `A shop of ${word}`,
    defaultLocale: "en",
    locales: ["en", "de"],
    defaultCurrency: "EUR",
    currencies: ["EUR", "USD"],
    // So that its feeds know where its site is.
    domains: [`${slug}.example`],
  });
  const editor = systemContext(db, tenant, log);
  const password = randomBytes(12).toString("base64url");
  const join = async (role: string) => {
    const email = emailOf(role);
    const { id } = await users.create(editor, { email, name: `${role} ${word}`, role, password });
    return { id, token: await signIn(world, editor, email, password) };
  };
  const { id: person, token } = await join("administrator");
  const shop = shopOf(world, editor, token);
  const role = await shop.create("Role", {
    slug: "proofreader",
    name: word,
    permissions: ["content:read", "taxonomy:read"],
  });
  const tokens: Record<string, string> = { administrator: token };
  const people: Record<string, string> = {};
  for (const other of ["proofreader", ...builtInRoles.filter((slug) => !(slug in tokens))]) {
    const joined = await join(other);
    people[other] = joined.id;
    tokens[other] = joined.token;
  }
  const { prefix, ...things } = await fill(shop, word);
  const session = await anotherSession(world, shop, password);
  const ids = { person, customer: people["customer"] ?? "", session, role, ...things };
  await refreshAll(editor);
  await refreshAllComments(editor);
  await refreshAllPages(editor);
  await searchIn(shop, word);
  await recorderOf(editor).flush();
  return { editor, token, tokens, word, password, ids, prefix };
}

/** One that the administrator has beside the one they work in. */
async function anotherSession(world: World, shop: Shop, password: string): Promise<string> {
  await signIn(world, shop.editor, emailOf("administrator"), password);
  const { sessions } = await shop.edit<{ sessions: { id: string; current: boolean }[] }>(
    "{ sessions { id current } }",
  );
  return sessions.find(({ current }) => !current)?.id ?? "";
}

/** The token that the address and the password are given at the door. */
export async function signIn(
  world: World,
  { tenant }: RequestContext,
  email: string,
  password: string,
): Promise<string> {
  const path = "/api/auth/login";
  const response = await request(world, { tenant, path, body: { email, password } });
  const { accessToken } = (await response.json()) as { accessToken?: string };
  if (!accessToken) throw new Error(`${email} cannot sign in: ${response.status}`);
  return accessToken;
}

/** Sets how a shop searches for products, who its mails are from, and what one of them says. */
export async function tuneSearch(world: World, { editor, token, word }: Twin): Promise<void> {
  await shopOf(world, editor, token).edit(
    `mutation ($search: UpdateSearchSettingsInput!, $account: UpdateAccountSettingsInput!, $mail: SetMailTemplateInput!) {
       updateSearchSettings(input: $search) { revision }
       updateAccountSettings(input: $account) { revision }
       setMailTemplate(input: $mail) { revision } }`,
    {
      search: { kind: "PRODUCTS", locale: "en", synonyms: [[word, "Other"]] },
      account: { sender: word },
      mail: { template: "notifications.comment-awaits", locale: "en", subject: word, text: word },
    },
  );
}
