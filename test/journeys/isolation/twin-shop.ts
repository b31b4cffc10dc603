import type { RequestContext } from "#kernel/context";
import { users } from "#modules/accounts";
import { nodes } from "#modules/content";
import { refreshPages } from "#modules/pages";
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
}

type Ids = Record<
  | ("home" | "lamps" | "light" | "topics" | "news" | "ann" | "berlin" | "product")
  | ("variant" | "option" | "spare" | "post" | "comment" | "rule" | "event")
  | ("remark" | "page" | "subpage" | "lastPage" | "redirect" | "menu"),
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
  for (const query of [word, `Nothing ${word}`]) {
    await shop.visit("query ($query: String!) { searchContent(query: $query) { totalCount } }", {
      query,
    });
  }
  const { editor } = shop;
  await recorderOf(editor).flush();
  const password = passwordOf({ word });
  await users.create(editor, { email, name: `Ann ${word}`, role: "administrator", password });
  const token = await (await server()).tokenFor(editor);
  return {
    editor,
    token,
    word,
    ids: {
      ...ids,
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
      event: await eventOf(product),
    },
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
  const { owner } = await installation();
  const { rows } = await owner.query<{ id: string }>(
    "select id from page_redirects where page_id = $1 and path = '/before' and locale = 'en'",
    [page],
  );
  return {
    page,
    subpage: await create("page", "below", page),
    lastPage: await create("page", "last", page),
    redirect: rows[0]?.id ?? "",
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

async function eventOf(aggregateId: string): Promise<string> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ id: string }>(
    "select id from sys_events where aggregate_id = $1 order by id limit 1",
    [aggregateId],
  );
  return rows[0]?.id ?? "";
}

/** Sets how a shop searches for products. */
export async function tuneSearch({ editor, token, word }: Twin): Promise<void> {
  const { graphql } = await server();
  const { errors } = await graphql(
    editor.tenant,
    "mutation ($input: UpdateSearchSettingsInput!) { updateSearchSettings(input: $input) { revision } }",
    { input: { kind: "PRODUCTS", locale: "en", synonyms: [[word, "Other"]] } },
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
