import { systemContext } from "#kernel/context";
import { newId } from "#kernel/ids";
import { verifyPage } from "#modules/index";
import { installation, log } from "#test/installation";
import type { Session } from "./late-projections.ts";

/** What can be changed of a product, as services do it: each raises its revision. */
const changes = {
  retitle: "update product_translations set title = title || '+' where product_id = $product",
  switch: `
    update products set status = case status when 'draft' then 'published' else 'draft' end
    where id = $product`,
  file: `
    merge into product_categories c
    using (select $tenant::uuid as tenant_id, $product::uuid as product_id, $category::uuid as category_id) filed
    on c.product_id = filed.product_id
    when matched then delete
    when not matched then insert (tenant_id, product_id, category_id) values ($tenant, $product, $category)`,
  remove: `
    insert into tombstones (tenant_id, aggregate_id, kind, revision)
    select tenant_id, id, 'product', revision from products where id = $product;
    delete from products where id = $product`,
};

export type Change = keyof typeof changes;

const raise = "update products set revision = revision + 1 where id = $product";

const create = `
  insert into products (tenant_id, id, handle, status) values ($tenant, $product, $product, 'published');
  insert into product_translations (tenant_id, product_id, locale, title) values ($tenant, $product, 'en', 'A mug');
  insert into product_categories (tenant_id, product_id, category_id) values ($tenant, $product, $category)`;

/** A new tenant with a category, and room for three products. */
export async function aChangingShop(sessions: [Session, Session]) {
  const [{ query }] = sessions;
  const [tenantId, categoryId] = [newId(), newId()];
  await found(tenantId, categoryId);
  await Promise.all(sessions.map((session) => session.query(`set rustok.tenant = '${tenantId}'`)));
  const { db } = await installation();
  const ctx = systemContext(db, { id: tenantId, locales: ["en"] } as never, log);
  const products = new Map<number, { id: string; removed: boolean }>();
  const ids = () => [...products.values()].map(({ id }) => id);

  const commit = (statements: string, productId = "") =>
    query(
      `begin; ${statements
        .replaceAll("$tenant", `'${tenantId}'`)
        .replaceAll("$category", `'${categoryId}'`)
        .replaceAll("$product", `'${productId}'`)}; commit`,
    );

  return {
    ctx,
    categoryId,
    ids,

    /** Changes the product in a place, or creates one where there is none; answers its id. */
    async change(place: number, how: Change): Promise<string | undefined> {
      const known = products.get(place);
      if (known?.removed) return undefined;
      const { id } = known ?? { id: newId() };
      await commit(known ? `${raise}; ${changes[how]}` : create, id);
      products.set(place, { id, removed: known !== undefined && how === "remove" });
      return id;
    },

    async rename(): Promise<void> {
      await commit(`
        update tenants set shared_revision = shared_revision + 1 where id = $tenant;
        update categories set revision = revision + 1 where id = $category;
        update category_translations set name = name || '+' where category_id = $category`);
    },

    /**
     * Where what is read is not what the source says, which deleted products are shown, what generations
     * do not have alike, and which rows ever came to an older state than they had.
     */
    async faults() {
      const removed = [...products.values()].flatMap(({ id, removed }) => (removed ? id : []));
      const [{ differences }, found] = await Promise.all([
        verifyPage(sessions[0].transaction(ctx), "product", null, 500),
        sessions[1].query(faults, [removed]),
      ]);
      const ofKind = (kind: string) => found.filter(({ fault }) => fault === kind);
      return {
        differences,
        broughtBack: ofKind("brought back"),
        apart: ofKind("apart"),
        wentBack: ofKind("went back"),
      };
    },
  };
}

const faults = `
  with kept as (
    select generation from index_generations where kind = 'product' and state <> 'retired'
  )
  select 'brought back' as fault, product_id from index_products join kept using (generation)
  where visible and product_id = any ($1)
  union all
  select 'apart', product_id from index_products r join kept using (generation)
  group by product_id, locale
  having count(*) <> (select count(*) from kept)
    or count(distinct to_jsonb(r) - '{generation,scope,indexed_at,shared_revision}'::text[]) > 1
  union all
  select 'went back', product_id from went_back where tenant_id = current_tenant()`;

/** Has the database take note of every row of the read model that goes back to an older state. */
export async function watchForOlderStates(): Promise<void> {
  const { owner } = await installation();
  await owner.query(`
    create unlogged table went_back (tenant_id uuid, product_id uuid);
    grant all on went_back to rustok_app;
    create function note_went_back() returns trigger language plpgsql as $$
    begin
      insert into went_back values (new.tenant_id, new.product_id);
      return null;
    end $$;
    create trigger note_went_back after update on index_products for each row
    when ((new.revision, new.shared_revision) < (old.revision, old.shared_revision))
    execute function note_went_back()`);
}

async function found(tenantId: string, categoryId: string): Promise<void> {
  const { owner } = await installation();
  await owner.query(`
    insert into tenants (id, slug, name, default_locale, locales, default_currency, currencies)
    values ('${tenantId}', 't${tenantId}', 'A shop', 'en', '{en}', 'EUR', '{EUR}');
    insert into categories (id, tenant_id, scope, handle)
    values ('${categoryId}', '${tenantId}', 'product', 'mugs');
    insert into category_translations (tenant_id, category_id, locale, name)
    values ('${tenantId}', '${categoryId}', 'en', 'Mugs')`);
}

export type ChangingShop = Awaited<ReturnType<typeof aChangingShop>>;
