import { Migration } from "@mikro-orm/migrations";

/** Products that become public, or are so no longer, at a set time. */
export class CommerceTimedProducts extends Migration {
  override up(): void {
    this.addSql(`
      alter table products add column publish_at timestamptz, add column unpublish_at timestamptz;
      comment on column products.publish_at is 'When it is to become public by itself; null once it has.';
      comment on column products.unpublish_at is 'When it is to be public no longer; null once it is not.';
      create index products_due on products (least(publish_at, unpublish_at), id)
        where publish_at is not null or unpublish_at is not null;

      grant select (id, tenant_id, publish_at, unpublish_at) on products to rustok_watch;
      create policy watch_reads on products for select to rustok_watch
        using (publish_at is not null or unpublish_at is not null);

      create function due_products(moment timestamptz, after_due timestamptz, after_id uuid, at_most integer)
      returns table (tenant_id uuid, id uuid, due timestamptz)
      language sql stable security definer set search_path = public
      begin atomic
        select p.tenant_id, p.id, least(p.publish_at, p.unpublish_at)
        from products p join tenants t on t.id = p.tenant_id
        where (p.publish_at is not null or p.unpublish_at is not null)
          and least(p.publish_at, p.unpublish_at) <= moment
          and least(p.publish_at, p.unpublish_at) >= after_due
          and (after_id is null or (least(p.publish_at, p.unpublish_at), p.id) > (after_due, after_id))
          and t.suspended_at is null
        order by least(p.publish_at, p.unpublish_at), p.id
        limit at_most;
      end;
      comment on function due_products(timestamptz, timestamptz, uuid, integer) is
        'Of all tenants but suspended ones, which have something to be done by then: the longest due first.';
      alter function due_products(timestamptz, timestamptz, uuid, integer) owner to rustok_watch;
      revoke all on function due_products(timestamptz, timestamptz, uuid, integer) from public;
      grant execute on function due_products(timestamptz, timestamptz, uuid, integer) to rustok_app;`);
  }
}
