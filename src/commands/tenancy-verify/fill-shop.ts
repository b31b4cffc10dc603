import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/transaction";
import { ask, type World } from "./world.ts";

/** What there is an id of. */
export type Ids =
  | ("home" | "lamps" | "light" | "topics" | "news" | "ann" | "berlin" | "product")
  | ("variant" | "option" | "spare" | "post" | "comment" | "rule" | "event")
  | ("apiKey" | "provider");

type Created =
  | ("Category" | "Tag" | "Author" | "Node" | "Product" | "StockLocation" | "SearchRule")
  | "Role";

export interface Shop {
  editor: RequestContext;
  edit<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  create(what: Created, input: Record<string, unknown>): Promise<string>;
  visit(query: string, variables: Record<string, unknown>): Promise<unknown>;
}

/** What the shop's administrator and its visitors do. Throws when an answer has errors. */
export function shopOf(world: World, editor: RequestContext, token: string): Shop {
  const send = async (query: string, variables: Record<string, unknown>, as?: string) => {
    const { data, errors } = await ask(
      world,
      { tenant: editor.tenant, token: as },
      query,
      variables,
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data as never;
  };
  const edit: Shop["edit"] = (query, variables = {}) => send(query, variables, token);
  return {
    editor,
    edit,
    visit: send,
    async create(what, input) {
      const mutation = `mutation ($input: Create${what}Input!) { created: create${what}(input: $input) { id } }`;
      return (await edit<{ created: { id: string } }>(mutation, { input })).created.id;
    },
  };
}

/** Has something of each kind in it, public as far as it can be, and answers the ids. */
export async function fill(shop: Shop, word: string): Promise<Record<Ids | "prefix", string>> {
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
  return {
    ...ids,
    ...(await signInsOf(shop, word)),
    product,
    variant,
    option,
    spare,
    post,
    comment,
    rule,
    event: await eventOf(shop, product),
  };
}

async function eventOf({ editor }: Shop, aggregateId: string): Promise<string> {
  const [event] = await inTransaction(editor, (tx) =>
    tx.sql<{ id: string }>(
      "select id from sys_events where aggregate_id = $1 order by id limit 1",
      [aggregateId],
    ),
  );
  return event?.id ?? "";
}

/** Two API keys, one of them to be known by what it begins with, and a provider to sign in by. */
async function signInsOf({ edit }: Shop, word: string) {
  const input = { name: word, scopes: ["content:read"] };
  const { made } = await edit<{ made: { apiKey: { id: string; prefix: string } } }>(
    `mutation ($input: CreateApiKeyInput!) {
       made: createApiKey(input: $input) { apiKey { id prefix } }
       another: createApiKey(input: $input) { key }
     }`,
    { input },
  );
  const { created } = await edit<{ created: { id: string } }>(
    "mutation ($input: CreateOidcProviderInput!) { created: createOidcProvider(input: $input) { id } }",
    {
      input: {
        handle: "company",
        name: word,
        issuer: "https://issuer.example",
        clientId: word,
        redirectUris: ["https://shop.example/"],
      },
    },
  );
  return { apiKey: made.apiKey.id, prefix: made.apiKey.prefix, provider: created.id };
}

/** Has visitors search for what is there and for what is not, once there is something to be found. */
export async function searchIn(shop: Shop, word: string): Promise<void> {
  for (const query of [word, `Nothing ${word}`]) {
    await shop.visit("query ($query: String!) { searchContent(query: $query) { totalCount } }", {
      query,
    });
  }
}
