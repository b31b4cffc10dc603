import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { serve } from "#test/server";

const { aTenant } = await installation();
const { id } = await aTenant();
const open = await serve();
const closed = await serve({ introspection: false, graphiql: false });

interface Answer {
  status: number;
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: { code: string } }[];
}

async function send(
  body: unknown,
  { url } = open,
  headers: Record<string, string> = { "content-type": "application/json" },
): Promise<Answer> {
  const answer = await fetch(`${url}/api/graphql`, {
    method: "POST",
    headers: { "x-tenant-id": id, ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, ...(text && (JSON.parse(text) as Omit<Answer, "status">)) };
}
const messages = ({ errors = [] }: Answer) => errors.map(({ message }) => message);
const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(" ");

const page = (count: number, first: string) => ({
  query: `query ${first.includes("$") ? "($first: Int! = 1)" : ""} { ${times(count, (n) => `a${n}: products${first} { edges { node { ...all } } }`)} }
    fragment all on Product { ${times(20, () => "id")} ... on Product { variants { id } } }`,
});

test("an operation that may answer with too much is refused before it runs, however it says how much", async () => {
  const refused = (found: number) => [`The operation may answer with ${found} fields, past 20000.`];
  expect(messages(await send(page(8, "(first: 100)")))).toEqual([]);
  expect(messages(await send(page(9, "(first: 100)")))).toEqual(refused(21_609));
  expect(messages(await send(page(9, "(first: $first)")))).toEqual(refused(21_609));
  expect(messages(await send(page(30, "")))).toEqual([]);
});

test("a name selected again and again is refused before the costly comparison of every two", async () => {
  const repeated = (count: number) => ({
    query: `{ ${times(count, () => "products { totalCount }")} }`,
  });
  expect(await send(repeated(100))).toMatchObject({ status: 200, data: { products: {} } });
  const refused = await send(repeated(101));
  expect(messages(refused)).toEqual(['"products" is selected more than 100 times.']);
  expect(refused.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
});

test("batches are not taken, not even of one", async () => {
  for (const batch of [[{ query: "{ __typename }" }], []]) {
    const { status, errors } = await send(batch);
    expect([status, errors]).toMatchObject([
      400,
      [{ message: expect.stringContaining("no batches"), extensions: { code: "BAD_USER_INPUT" } }],
    ]);
  }
});

test("what a page of any origin could send unasked is refused", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const { status } = await send({ query: "{ __typename }" }, open, { "content-type": type });
    expect(status, type).toBe(415);
  }
  const get = (headers: Record<string, string>) =>
    fetch(`${open.url}/api/graphql?query={__typename}`, { headers });
  expect((await get({ accept: "application/json" })).status).toBe(415);
  expect((await get({ "x-tenant-id": id })).status).toBe(200);
  const mutation = `${open.url}/api/graphql?query=${encodeURIComponent(`mutation { deleteTag(input: { id: "${id}" }) }`)}`;
  expect((await fetch(mutation, { headers: { "x-tenant-id": id } })).status).toBe(405);
});

const introspection = { query: "{ __schema { queryType { name } } }" };
const misspelt = { query: "{ product(handel: 1) { id } prodct { id } }" };
const misspeltEnum = {
  query: 'query ($kind: SearchKind!) { searchSettings(kind: $kind, locale: "en") { revision } }',
  variables: { kind: "PRODUCT" },
};

test("where introspection is on, the schema may be asked for, and errors suggest names", async () => {
  expect(await send(introspection)).toMatchObject({ data: { __schema: {} } });
  expect(messages(await send(misspelt)).join()).toContain("Did you mean");
});

test("where it is off, neither; nor does GraphiQL open", async () => {
  expect(messages(await send(introspection, closed)).join()).toContain(
    "introspection has been disabled",
  );
  expect(
    messages(await send({ query: '{ __type(name: "Query") { name } }' }, closed)),
  ).toHaveLength(1);
  expect(await send({ query: "{ __typename }" }, closed)).toMatchObject({
    data: { __typename: "Query" },
  });
  for (const query of [misspelt, misspeltEnum]) {
    const answer = await send(query, closed);
    expect(answer.errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).not.toContain("Did you mean");
  }
  const page = await fetch(`${closed.url}/api/graphql`, { headers: { accept: "text/html" } });
  expect(page.status).toBe(415);
});

test("GraphiQL runs its own scripts alone, each time under another nonce", async () => {
  const opened = async () => {
    const page = await fetch(`${open.url}/api/graphql`, { headers: { accept: "text/html" } });
    const policy = page.headers.get("content-security-policy") ?? "";
    const nonce = /script-src 'nonce-([^']+)';/.exec(policy)?.[1] ?? "";
    const html = await page.text();
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:/);
    // Its libraries speak of scripts, too.
    expect(html.indexOf("<script")).toBe(html.indexOf(`<script nonce="${nonce}">`));
    expect(html.split("<script nonce=")).toHaveLength(2);
    return nonce;
  };
  expect(await opened()).not.toBe(await opened());
});
