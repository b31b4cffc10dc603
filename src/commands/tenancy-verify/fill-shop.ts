import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";
import { nodes } from "#modules/content";
import { refreshPages } from "#modules/pages";
import { deliver, fanOut } from "#modules/webhooks";
import { ask, type World } from "./world.ts";

/** What there is an id of. */
export type Ids =
  | ("home" | "lamps" | "light" | "topics" | "news" | "ann" | "berlin" | "product")
  | ("variant" | "option" | "spare" | "post" | "comment" | "rule" | "event")
  | ("remark" | "page" | "subpage" | "lastPage" | "redirect" | "menu")
  | ("apiKey" | "provider" | "mail" | "endpoint" | "delivery");

type Created =
  | ("Category" | "Tag" | "Author" | "Node" | "Product" | "StockLocation" | "SearchRule")
  | ("Role" | "Menu");

export interface Shop {
  editor: RequestContext;
  edit<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  create(what: Created, input: Record<string, unknown>): Promise<string>;
  visit<Data>(query: string, variables: Record<string, unknown>): Promise<Data>;
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
  const other = await shop.create("Author", named(own));
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
  const aNode = (kind: string, slug: string, parentId?: string, authorId = ids.ann) =>
    shop.create("Node", {
      kind,
      parentId,
      status: "published",
      authorId,
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
  await aNode("post", own, undefined, other);
  const comment = await aNode("comment", "first", post);
  await aNode("comment", own, post);
  const remark = await aRemark(shop, post, word);
  const pages = await somePages(shop, aNode, own);
  const menu = await aMenu(shop, "main", word, pages.page);
  await aMenu(shop, own, word, pages.page);

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
  const event = await eventOf(shop, product);
  return {
    ...ids,
    ...(await signInsOf(shop, word)),
    product,
    variant,
    option,
    spare,
    post,
    comment,
    remark,
    ...pages,
    menu,
    rule,
    event,
    mail: await aMail(shop, word),
    ...(await webhooksOf(shop, word, event)),
  };
}

async function aRemark(shop: Shop, postId: string, word: string): Promise<string> {
  const { submitted } = await shop.visit<{ submitted: { id: string } }>(
    "mutation ($input: SubmitCommentInput!) { submitted: submitComment(input: $input) { id } }",
    { input: { postId, name: word, email: `reader@${word.toLowerCase()}.example`, text: word } },
  );
  return submitted.id;
}

/** A page that was at two other paths before, two below it, and one at the shop's own path. */
async function somePages(
  { editor }: Shop,
  create: (kind: string, slug: string, parentId?: string) => Promise<string>,
  own: string,
) {
  const page = await create("page", "once");
  for (const slug of ["before", "about"]) {
    await refreshPages(editor, [page]);
    const title = `About ${own}`;
    await nodes.update(editor, { id: page, translations: [{ locale: "en", slug, title }] });
  }
  await refreshPages(editor, [page]);
  await create("page", own);
  const [redirect] = await inTransaction(editor, (tx) =>
    tx.sql<{ id: string }>(
      "select id from page_redirects where page_id = $1 and path = '/before' and locale = 'en'",
      [page],
    ),
  );
  return {
    page,
    subpage: await create("page", "below", page),
    lastPage: await create("page", "last", page),
    redirect: redirect?.id ?? "",
  };
}

const aMenu = (shop: Shop, handle: string, word: string, pageId: string) =>
  shop.create("Menu", {
    handle,
    name: word,
    items: [
      { pageId },
      ...["/one", "/two"].map((url) => ({ url, labels: [{ locale: "en", label: word }] })),
    ],
  });

/** One that was sent. */
async function aMail({ editor }: Shop, word: string): Promise<string> {
  const id = newId();
  await inTransaction(editor, (tx) =>
    tx.sql(
      `insert into mails (id, tenant_id, template, cause_id, address, locale, subject, state, sent_at)
       values ($1, $2, 'notifications.welcome', $1, $3, 'en', $4, 'sent', now())`,
      [id, tx.tenant.id, `ann@${word.toLowerCase()}.example`, word],
    ),
  );
  return id;
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

/** An endpoint at a host that there is none of, and an event that was sent there once in vain, and then arrived. */
async function webhooksOf({ editor, edit }: Shop, word: string, eventId: string) {
  const input = {
    url: `https://${word.toLowerCase()}.invalid/`,
    description: word,
    patterns: ["product.*"],
  };
  const { made } = await edit<{ made: { endpoint: { id: string } } }>(
    `mutation ($input: CreateWebhookEndpointInput!) {
       made: createWebhookEndpoint(input: $input) { endpoint { id } } }`,
    { input },
  );
  await edit('mutation { rotateHookSecret(input: { source: "stock-levels" }) { secret } }');
  await fanOut(editor, [eventId]);
  const endpoint = made.endpoint.id;
  const [delivery] = await inTransaction(editor, (tx) =>
    tx.sql<{ id: string }>("select id from webhook_deliveries where event_id = $1", [eventId]),
  );
  const ids = { endpoint, delivery: delivery?.id ?? "" };
  await deliver(editor, { deliveryId: ids.delivery, endpointId: endpoint });
  await inTransaction(editor, (tx) =>
    tx.sql(
      `update webhook_deliveries
       set status = 'delivered', queued = false, next_attempt_at = null, finished_at = now() where id = $1`,
      [ids.delivery],
    ),
  );
  return ids;
}

/** Has visitors search for what is there and for what is not, once there is something to be found. */
export async function searchIn(shop: Shop, word: string): Promise<void> {
  for (const query of [word, `Nothing ${word}`]) {
    await shop.visit("query ($query: String!) { searchContent(query: $query) { totalCount } }", {
      query,
    });
  }
}
