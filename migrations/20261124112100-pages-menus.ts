import { Migration } from "@mikro-orm/migrations";

/** Menus: outlines of what they point at. */
export class PagesMenus extends Migration {
  override up(): void {
    this.addSql(`
      create table menus (
        id         uuid primary key,
        tenant_id  uuid not null references tenants on delete cascade,
        handle     text not null,
        name       text not null,
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (tenant_id, id),
        constraint menus_handle_key unique (tenant_id, handle)
      );
      select protect_tenant_rows('menus');

      create table menu_items (
        tenant_id   uuid not null,
        menu_id     uuid not null,
        position    integer not null,
        level       integer not null check (level between 0 and 2),
        labels      jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
        locales     text[],
        page_id     uuid,
        page_kind   text not null default 'page' check (page_kind = 'page'),
        category_id uuid,
        product_id  uuid,
        url         text,
        primary key (tenant_id, menu_id, position),
        check (num_nonnulls(page_id, category_id, product_id, url) <= 1),
        foreign key (tenant_id, menu_id) references menus (tenant_id, id) on delete cascade,
        constraint menu_items_page_id_fkey foreign key (tenant_id, page_id, page_kind)
          references nodes (tenant_id, id, kind) on delete set null (page_id),
        constraint menu_items_category_id_fkey foreign key (tenant_id, category_id)
          references categories (tenant_id, id) on delete set null (category_id),
        constraint menu_items_product_id_fkey foreign key (tenant_id, product_id)
          references products (tenant_id, id) on delete set null (product_id)
      );
      comment on column menu_items.level is 'Below the nearest item before it that has a lower one.';
      comment on column menu_items.labels is 'By locale; where there is none, what it points at says its own name.';
      comment on column menu_items.page_id is
        'Null like the others once it is deleted: the item is shown no more, and what is below it still is below nothing else.';
      comment on column menu_items.locales is 'Shown in these alone; null in all.';
      create index menu_items_by_page on menu_items (tenant_id, page_id);
      create index menu_items_by_category on menu_items (tenant_id, category_id);
      create index menu_items_by_product on menu_items (tenant_id, product_id);
      select protect_tenant_rows('menu_items');

      create policy reader_reads on menus for select to rustok_reader using (true);
      create policy reader_reads on menu_items for select to rustok_reader using (true);
      grant select on menus, menu_items to rustok_reader;

      create function storefront_menu(tenant uuid, in_locale text, by_handle text)
      returns table (
        name text, level integer, label text, kind text, target_id uuid,
        path text, handle text, url text, shown boolean)
      language sql stable security definer set search_path = public
      begin atomic
        select m.name, i.level,
          coalesce(
            i.labels ->> in_locale, page.title, category.name, product.title,
            i.labels ->> t.default_locale, (select value from jsonb_each_text(i.labels) order by key limit 1)),
          case when i.page_id is not null then 'page' when i.category_id is not null then 'category'
            when i.product_id is not null then 'product' else 'url' end,
          coalesce(i.page_id, i.category_id, i.product_id),
          page.path, coalesce(category.handle, product.handle), i.url,
          num_nonnulls(page.path, category.handle, product.handle, i.url) = 1
            and (i.locales is null or in_locale = any (i.locales))
        from menus m
        join tenants t on t.id = m.tenant_id
        left join menu_items i on i.tenant_id = m.tenant_id and i.menu_id = m.id
        left join page_paths page
          on page.tenant_id = m.tenant_id and page.page_id = i.page_id and page.locale = in_locale
        left join index_categories category
          on category.tenant_id = m.tenant_id and category.category_id = i.category_id
          and category.locale = in_locale and category.visible
          and category.generation = (select live_generation(tenant, 'category'))
        left join index_products product
          on product.tenant_id = m.tenant_id and product.product_id = i.product_id
          and product.locale = in_locale and product.visible
          and product.generation = (select live_generation(tenant, 'product'))
        where m.tenant_id = tenant and m.handle = by_handle
        order by m.id, i.position;
      end;
      comment on function storefront_menu(uuid, text, text) is
        'A menu, item by item. An item is not shown while what it points at is not public; of an empty menu one row, without an item.';
      alter function storefront_menu(uuid, text, text) owner to rustok_reader;
      revoke all on function storefront_menu(uuid, text, text) from public;
      grant execute on function storefront_menu(uuid, text, text) to rustok_app;`);
  }
}
