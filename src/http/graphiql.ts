import type { Context } from "koa";

const firstQuery = `# Sign in with POST /api/auth/login, then put the token below, under Headers:
# { "Authorization": "Bearer <accessToken>" }
{
  searchProducts(query: "lanten") {
    totalCount
    edges {
      node { handle title highlights { title } priceRange { min currency } }
    }
    facets { categories { label count } }
  }
}
`;

let page: string | undefined;

/** True for a browser that opens the endpoint: it wants a page, not an answer to a query. */
export function wantsGraphiQL(ctx: Context): boolean {
  return (
    ctx.method === "GET" &&
    ctx.query["query"] === undefined &&
    ctx.accepts("json", "html") === "html"
  );
}

/** The page is some 9 MB of script, so it is not in memory before somebody opens it. */
export async function serveGraphiQL(ctx: Context): Promise<void> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  page ??= renderGraphiQL({
    endpoint: "/api/graphql",
    title: "RusTok",
    defaultQuery: firstQuery,
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: true,
  });
  ctx.type = "html";
  ctx.body = page;
}
