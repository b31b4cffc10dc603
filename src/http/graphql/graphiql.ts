import type { Context } from "koa";
import { answerPage } from "../security-headers.ts";

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

/** The page in two parts, before and after the word that begins its script. */
let page: { head: string; tail: string } | undefined;
const scriptTag = "<script>";

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
  const { head, tail } = (page ??= parted(await rendered()));
  answerPage(ctx, (nonce) => `${head}<script nonce="${nonce}">${tail}`, {
    workers: "blob:",
    fonts: "data:",
  });
}

async function rendered(): Promise<string> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  return renderGraphiQL({
    endpoint: "/api/graphql",
    title: "RusTok",
    defaultQuery: firstQuery,
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: true,
  });
}

function parted(html: string): { head: string; tail: string } {
  const at = html.indexOf(scriptTag);
  return { head: html.slice(0, at), tail: html.slice(at + scriptTag.length) };
}
