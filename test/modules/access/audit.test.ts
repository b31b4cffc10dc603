import { expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { keepAuditLog, forgetOldAudit } from "#modules/access";
import { createProduct, products } from "#modules/commerce";
import { systemContext } from "#kernel/context";
import { installation, log } from "#test/installation";
import { server } from "#test/server";
import { aShop } from "#test/shop";
import { edit, limited, refusal } from "../search/an-editor.ts";
import { aUser } from "./people.ts";

const { anEditor, aTenant, db, owner } = await installation();
const client = await server();

const readLog = `query ($filter: AuditLogFilter) {
  auditLog(filter: $filter) {
    totalCount
    edges { node {
      action subjectId requestId address userAgent
      actor { kind id name }
      changes { entity id kind fields { name before after } }
    } }
  }
}`;
interface Entry {
  action: string;
  subjectId: string;
  requestId: string;
  address: string | null;
  userAgent: string | null;
  actor: { kind: string; id: string | null; name: string | null };
  changes: { entity: string; id: string; kind: string; fields: unknown[] }[];
}

async function entriesOf(ctx: RequestContext, filter = {}): Promise<Entry[]> {
  const { auditLog } = await edit<{ auditLog: { edges: { node: Entry }[] } }>(ctx, readLog, {
    filter,
  });
  return auditLog.edges.map(({ node }) => node);
}

test("a change tells who made it, from where, and what was there before", async () => {
  const shop = await aShop();
  const editor = await aUser(shop.editor.tenant, "administrator");
  const id = await shop.create("Author", { handle: "ann", name: "Ann" });
  const response = await client.fetch("/api/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "a browser",
      "x-tenant-id": editor.tenant.id,
      authorization: `Bearer ${await client.tokenFor(editor)}`,
    },
    body: JSON.stringify({
      query: `mutation ($id: Id!) { updateAuthor(input: { id: $id, handle: "anna", name: "Anna", bio: "Writes." }) { id } }`,
      variables: { id },
    }),
  });
  expect(await response.json()).toMatchObject({ data: { updateAuthor: { id } } });
  const [latest, first] = await entriesOf(shop.editor, { subjectId: { eq: id } });
  expect(latest).toEqual({
    action: "author.updated",
    subjectId: id,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    address: expect.stringMatching(/127\.0\.0\.1$/) as string,
    userAgent: "a browser",
    actor: { kind: "USER", id: editor.actor.userId, name: "A administrator" },
    changes: [
      {
        entity: "Author",
        id,
        kind: "UPDATED",
        fields: [
          { name: "handle", before: "ann", after: "anna" },
          { name: "name", before: "[redacted]", after: "[redacted]" },
          { name: "bio", before: null, after: "Writes." },
        ],
      },
    ],
  });
  expect(first).toMatchObject({ action: "author.created", changes: [{ kind: "CREATED" }] });
});

test("parts are told of with what they belong to, and costs are not told", async () => {
  const shop = await aShop();
  const product = await shop.create("Product", {
    handle: "lamp",
    translations: [{ locale: "en", title: "Lamp" }],
    variants: [{ prices: [{ currency: "EUR", amount: 900 }] }],
  });
  const { of } = await shop.edit<{ of: { variants: { id: string }[] } }>(
    "query ($id: Id!) { of: adminProduct(id: $id) { variants { id } } }",
    { id: product },
  );
  const variant = of.variants[0]?.id;
  await shop.edit(
    "mutation ($input: UpdateVariantInput!) { updateVariant(input: $input) { id } }",
    {
      input: {
        id: variant,
        prices: [{ currency: "EUR", amount: 950 }],
        cost: { currency: "EUR", amount: 4 },
      },
    },
  );
  const entries = await entriesOf(shop.editor, { subjectId: { eq: product } });
  const changes = entries.flatMap(({ action, changes: rows }) =>
    rows.map((row) => ({ action, ...row })),
  );
  expect(changes).toEqual([
    {
      action: "price.updated",
      entity: "Price",
      id: `${variant},EUR`,
      kind: "UPDATED",
      fields: [{ name: "amount", before: 900, after: 950 }],
    },
    {
      action: "variant.updated",
      entity: "ProductVariant",
      id: variant,
      kind: "UPDATED",
      fields: [
        { name: "costAmount", before: "[redacted]", after: "[redacted]" },
        { name: "costCurrency", before: "[redacted]", after: "[redacted]" },
      ],
    },
  ]);
});

test("a refused change leaves no entry, and neither does the system's own work", async () => {
  const shop = await aShop();
  await shop.create("StockLocation", { handle: "berlin", name: "Berlin" });
  const create = `mutation { createStockLocation(input: { handle: "berlin", name: "Again" }) { id } }`;
  expect((await refusal(shop.editor, create)).code).toBe("CONFLICT");
  const system = systemContext(db, shop.editor.tenant, log);
  const given = { handle: "lamp", translations: [{ locale: "en", title: "Lamp" }] };
  await products.create(system, createProduct(system.tenant).parse(given));
  expect((await entriesOf(shop.editor)).map(({ action }) => action)).toEqual([
    "stock-location.created",
  ]);
});

test("it takes a permission to read it, another to see addresses, and no other tenant's is seen", async () => {
  const shop = await aShop();
  const person = await aUser(shop.editor.tenant, "administrator", "ann@people.example");
  await edit(
    person,
    `mutation { createTag(input: { scope: product, handle: "new", name: "New" }) { id } }`,
  );
  const emails = "{ auditLog { edges { node { actor { email } } } } }";
  expect(await refusal(limited(person, "accounts:read-email"), emails)).toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await edit(person, emails)).toEqual({
    auditLog: { edges: [{ node: { actor: { email: "ann@people.example" } } }] },
  });
  const token = await client.tokenFor(limited(person, "audit:read"));
  const answer = await client.graphql(person.tenant, emails, {}, token);
  expect(answer).toMatchObject({
    data: { auditLog: { edges: [{ node: { actor: { email: null } } }] } },
    errors: [{ extensions: { code: "FORBIDDEN", permission: "accounts:read-email" } }],
  });
  expect(await entriesOf(await anEditor())).toEqual([]);
});

test("the server's role can neither change nor delete an entry", async () => {
  const shop = await aShop();
  await shop.create("Tag", { scope: "product", handle: "new", name: "New" });
  for (const sql of [
    "update audit_log set action = 'x'",
    "delete from audit_log",
    "truncate audit_log",
  ]) {
    const as = await db.pool.connect();
    try {
      await as.query("begin");
      await as.query("select set_config('rustok.tenant', $1, true)", [shop.editor.tenant.id]);
      await expect(as.query(sql), sql).rejects.toThrow("permission denied");
    } finally {
      await as.query("rollback");
      as.release();
    }
  }
});

test("entries are forgotten after as many days as they are kept", async () => {
  const tenant = await aTenant();
  const editor = await anEditor(tenant);
  for (const handle of ["old", "new"]) {
    await edit(
      editor,
      `mutation { createTag(input: { scope: product, handle: "${handle}", name: "T" }) { id } }`,
    );
  }
  const [, old] = await entriesOf(editor);
  await owner.query(
    "update audit_log set occurred_at = now() - interval '31 days' where subject_id = $1",
    [old?.subjectId],
  );
  keepAuditLog(db, 32);
  expect(await forgetOldAudit(db)).toBe(0);
  keepAuditLog(db, 30);
  expect(await forgetOldAudit(db)).toBe(1);
  expect((await entriesOf(editor)).map(({ subjectId }) => subjectId)).not.toContain(old?.subjectId);
  expect(await entriesOf(editor)).toHaveLength(1);
});
