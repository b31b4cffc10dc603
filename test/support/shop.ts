import type { RequestContext } from "#kernel/context";
import { server } from "./server.ts";
import { installation } from "./installation.ts";

/** What an editor does through GraphQL, with the ids that come back. Throws when an answer has errors. */
export interface Shop {
  editor: RequestContext;
  /** Sends an operation as the editor. */
  edit<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  create(what: Created, input: Record<string, unknown>): Promise<string>;
  /** Sends a query as a visitor. */
  visit<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
}

type Created =
  | "Menu"
  | "Category"
  | "Tag"
  | "Author"
  | "Node"
  | "Product"
  | "StockLocation"
  | "SearchRule";

/** A new tenant with an editor at work in it. */
export async function aShop(): Promise<Shop> {
  const client = await server();
  const editor = await (await installation()).anEditor();
  const token = await client.tokenFor(editor);

  const send = async <Data>(query: string, variables: Record<string, unknown>, as?: string) => {
    const { data, errors } = await client.graphql<Data>(editor.tenant, query, variables, as);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const edit: Shop["edit"] = (query, variables = {}) => send(query, variables, token);
  return {
    editor,
    edit,
    visit: (query, variables = {}) => send(query, variables),
    async create(what, input) {
      const mutation = `mutation ($input: Create${what}Input!) { created: create${what}(input: $input) { id } }`;
      return (await edit<{ created: { id: string } }>(mutation, { input })).created.id;
    },
  };
}
