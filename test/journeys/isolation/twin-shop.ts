import type { RequestContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { users } from "#modules/accounts";
import { recorderOf } from "#modules/search";
import { installation } from "#test/installation";
import { server } from "#test/server";
import { aShop, type Shop } from "#test/shop";

/** A shop with the same handles, slugs, SKUs and e-mail address as its twins; only its word tells it apart. */
export interface Twin {
  editor: RequestContext;
  token: string;
  /** In every text of the shop, and in the handle or slug of one thing of each kind. */
  word: string;
  ids: Ids;
  /** What its API key begins with. */
  prefix: string;
}

type Ids = Record<
  | ("home" | "lamps" | "light" | "topics" | "news" | "ann" | "berlin" | "product")
  | ("variant" | "option" | "spare" | "post" | "comment" | "rule" | "event")
  | ("user" | "session" | "apiKey" | "provider"),
  string
>;

export const email = "ann@example.com";
export const passwordOf = ({ word }: Pick<Twin, "word">) => `the password of ${word}`;

export async function aTwin(word: string): Promise<Twin> {
  const shop = await aShop();
  const own = word.toLowerCase();
  const named = (handle: string) => ({ handle, name: `${handle} ${word}` });
  const told = (handle: string) => ({
    handle,
    translations: ["en", "de"].map((locale) => ({
      locale,
      name: `${handle} ${word}`,
      description: word,
    })),
  });

  const home = await shop.create("Category", { scope: "product", ...told("home") });
  const lamps = { scope: "product", parentId: home, ...told("lamps") };
  const ids = {
    home,
    lamps: await shop.create("Category", lamps),
    topics: await shop.create("Category", { scope: "content", ...told("topics") }),
    light: await shop.create("Tag", { scope: "product", ...named("light") }),
    news: await shop.create("Tag", { scope: "content", ...named("news") }),
    ann: await shop.create("Author", { ...named("ann"), bio: word }),
    berlin: await shop.create("StockLocation", named("berlin")),
  };
  await shop.create("Author", named(own));
  await shop.create("StockLocation", named(own));

  const aProduct = (handle: string) =>
    shop.create("Product", {
      handle,
      status: "published",
      vendor: word,
      productType: word,
      translations: [{ locale: "en", title: `Lamp ${word}`, description: word, seoTitle: word }],
      options: [{ name: "Colour" }],
      variants: [
        {
          sku: `${handle}-1`,
          options: [{ name: "Colour", value: word }],
          prices: [{ currency: "EUR", amount: 900 }],
          inventory: [{ locationId: ids.berlin, quantity: 3 }],
        },
      ],
      images: [{ url: `https://images.example/${own}.jpg`, alt: word }],
      categoryIds: [ids.lamps],
      tagIds: [ids.light],
    });
  const aNode = (kind: string, slug: string, parentId?: string) =>
    shop.create("Node", {
      kind,
      parentId,
      status: "published",
      authorId: ids.ann,
      fields: { subtitle: word },
      translations: [
        { locale: "en", slug, title: `Hello ${word}`, body: { format: "markdown", source: word } },
      ],
      categoryIds: [ids.topics],
      tagIds: [ids.news],
    });
  const product = await aProduct("lamp");
  const spare = await aProduct(own);
  const post = await aNode("post", "hello");
  await aNode("post", own);
  const comment = await aNode("comment", "first", post);
  await aNode("comment", own, post);

  const parts = await shop.edit<{ of: Record<"variants" | "options", { id: string }[]> }>(
    "query ($id: Id!) { of: adminProduct(id: $id) { variants { id } options { id } } }",
    { id: product },
  );
  const [variant = "", option = ""] = [parts.of.variants[0]?.id, parts.of.options[0]?.id];
  const rule = await shop.create("SearchRule", {
    kind: "PRODUCTS",
    query: "lamp",
    pinned: [product],
    hidden: [spare],
  });
  await shop.create("SearchRule", { kind: "CONTENT", query: word, pinned: [post] });
  for (const query of [word, `Nothing ${word}`]) {
    await shop.visit("query ($query: String!) { searchContent(query: $query) { totalCount } }", {
      query,
    });
  }
  const { editor } = shop;
  await recorderOf(editor).flush();
  const password = passwordOf({ word });
  const user = await users.create(editor, {
    email,
    name: `Ann ${word}`,
    role: "administrator",
    password,
  });
  const token = await (await server()).tokenFor(editor);
  const signIns = await signInsOf(shop, word);
  return {
    editor,
    token,
    word,
    prefix: signIns.prefix,
    ids: {
      ...ids,
      user: user.id,
      session: signIns.session,
      apiKey: signIns.apiKey,
      provider: signIns.provider,
      product,
      variant,
      option,
      spare,
      post,
      comment,
      rule,
      event: await eventOf(product),
    },
  };
}

async function eventOf(aggregateId: string): Promise<string> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ id: string }>(
    "select id from sys_events where aggregate_id = $1 order by id limit 1",
    [aggregateId],
  );
  return rows[0]?.id ?? "";
}

/** API keys, a provider to sign in by, and another session of the editor. */
async function signInsOf({ editor, edit }: Shop, word: string) {
  const input = { name: word, scopes: ["content:read"] };
  const { made } = await edit<{ made: { apiKey: { id: string; prefix: string } } }>(
    `mutation ($input: CreateApiKeyInput!) {
       made: createApiKey(input: $input) { apiKey { id prefix } }
       another: createApiKey(input: $input) { key }
     }`,
    { input },
  );
  const provider = {
    handle: "company",
    name: word,
    issuer: "https://issuer.example",
    clientId: word,
    redirectUris: ["https://shop.example/"],
  };
  const { created } = await edit<{ created: { id: string } }>(
    "mutation ($input: CreateOidcProviderInput!) { created: createOidcProvider(input: $input) { id } }",
    { input: provider },
  );
  const session = newId();
  if (editor.actor.kind !== "user") throw new Error("Only people have sessions.");
  await (await server()).tokenFor({ ...editor, actor: { ...editor.actor, sessionId: session } });
  const { id: apiKey, prefix } = made.apiKey;
  return { apiKey, prefix, provider: created.id, session };
}

/** Sets how a shop searches for products, and who its mails are from. */
export async function tuneSearch({ editor, token, word }: Twin): Promise<void> {
  const { graphql } = await server();
  const { errors } = await graphql(
    editor.tenant,
    `
      mutation ($search: UpdateSearchSettingsInput!, $account: UpdateAccountSettingsInput!) {
        updateSearchSettings(input: $search) {
          revision
        }
        updateAccountSettings(input: $account) {
          revision
        }
      }
    `,
    {
      search: { kind: "PRODUCTS", locale: "en", synonyms: [[word, "Other"]] },
      account: { sender: word },
    },
    token,
  );
  if (errors) throw new Error(JSON.stringify(errors));
}

/**
 * Every row that belongs to the shop, the tenant's own included, as text; its events are among them, but
 * not how far the patrol for drift has come, which goes on by itself.
 */
export async function allRowsOf({ editor }: Twin): Promise<string> {
  const { owner } = await installation();
  const { rows: tables } = await owner.query<{ name: string }>(`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id' and table_name <> 'index_patrol' order by 1`);
  const dumps = ["select to_jsonb(t)::text as row from tenants t where id = $1"].concat(
    tables.map(
      ({ name }) =>
        `select to_jsonb(t)::text as row from ${name} t where tenant_id = $1 order by 1`,
    ),
  );
  const found: string[] = [];
  for (const dump of dumps) {
    const { rows } = await owner.query<{ row: string }>(dump, [editor.tenant.id]);
    found.push(...rows.map(({ row }) => row));
  }
  return found.join("\n");
}
