import type { Tenant } from "#kernel/context";
import { installation } from "#test/installation";

const product = `
  select p.handle, p.status, p.vendor, p.product_type as type, p.revision,
    array(select t.locale || ': ' || t.title || ' | ' || t.description || coalesce(' | ' || t.seo_title, '') || coalesce(' | ' || t.seo_description, '')
          from product_translations t where t.product_id = p.id order by t.locale) as texts,
    array(select o.name from product_options o where o.product_id = p.id order by o.position) as options,
    (select jsonb_agg(jsonb_build_object(
        'sku', v.sku, 'barcode', v.barcode, 'grams', v.weight_grams,
        'options', array(select o.name || '=' || c.value from variant_options c join product_options o on o.id = c.option_id where c.variant_id = v.id order by o.position),
        'titles', array(select t.locale || ': ' || t.title from variant_translations t where t.variant_id = v.id order by t.locale),
        'prices', array(select c.amount || ' ' || c.currency || coalesce(' was ' || c.compare_at_amount, '') from prices c where c.variant_id = v.id order by c.currency),
        'stock', array(select l.quantity || ' at ' || s.handle from inventory_levels l join stock_locations s on s.id = l.location_id where l.variant_id = v.id order by s.handle)
      ) order by v.position) from product_variants v where v.product_id = p.id and v.tenant_id = p.tenant_id) as variants,
    array(select i.url || coalesce(' ' || i.alt, '') from product_images i where i.product_id = p.id and i.tenant_id = p.tenant_id order by i.position) as images,
    array(select c.handle from product_categories a join categories c on c.id = a.category_id where a.product_id = p.id order by 1) as categories,
    array(select g.handle from product_tags a join tags g on g.id = a.tag_id where a.product_id = p.id order by 1) as tags
  from products p where p.tenant_id = $1 order by p.handle`;

const node = `
  select n.kind, t.slug, t.locale, t.title, t.excerpt, b.html, n.status, n.published_at as "publishedAt", n.position, n.fields, n.revision,
    (select a.handle from authors a where a.id = n.author_id) as author,
    (select above.slug from node_translations above where above.node_id = n.parent_id limit 1) as parent,
    array(select c.handle from node_categories a join categories c on c.id = a.category_id where a.node_id = n.id order by 1) as categories,
    array(select g.handle from node_tags a join tags g on g.id = a.tag_id where a.node_id = n.id order by 1) as tags
  from nodes n
    join node_translations t on t.node_id = n.id
    left join bodies b on b.node_id = n.id and b.locale = t.locale
  where n.tenant_id = $1 order by n.kind, t.slug, t.locale`;

const category = `
  select c.scope, c.handle, c.revision, above.handle as parent,
    array(select t.locale || ': ' || t.name || coalesce(' | ' || t.description, '') from category_translations t where t.category_id = c.id order by t.locale) as names
  from categories c left join categories above on above.id = c.parent_id
  where c.tenant_id = $1 order by c.scope, c.handle`;

const queries = {
  products: product,
  nodes: node,
  categories: category,
  tags: "select scope, handle, name, revision from tags where tenant_id = $1 order by scope, handle",
  authors: "select handle, name, bio, revision from authors where tenant_id = $1 order by handle",
  locations: "select handle, name from stock_locations where tenant_id = $1 order by handle",
  references: `select source, kind, external_key, checksum from import_references where tenant_id = $1 order by 1, 2, 3`,
};

type Shelf = Record<keyof typeof queries, Record<string, unknown>[]>;

/** Everything a tenant sells and publishes, told without ids and without the time of day: what was filled alike is equal. */
export async function shelfOf({ id }: Tenant): Promise<Shelf> {
  const { owner } = await installation();
  // Freshly filled tables have no statistics yet, and without them these queries take a minute.
  await owner.query("analyze");
  const read = async (query: string) =>
    (await owner.query<Record<string, unknown>>(query, [id])).rows;
  return {
    products: await read(queries.products),
    nodes: await read(queries.nodes),
    categories: await read(queries.categories),
    tags: await read(queries.tags),
    authors: await read(queries.authors),
    locations: await read(queries.locations),
    references: await read(queries.references),
  };
}

/** How many there are of each type of event. */
export async function eventCounts({ id }: Tenant): Promise<Record<string, number>> {
  const { owner } = await installation();
  const { rows } = await owner.query<{ type: string; count: number }>(
    "select type, count(*)::int from sys_events where tenant_id = $1 group by type order by type",
    [id],
  );
  return Object.fromEntries(rows.map(({ type, count }) => [type, count]));
}
