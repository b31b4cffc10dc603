import { Migration } from "@mikro-orm/migrations";

/** Nodes that become public, or are so no longer, at a set time. */
export class ContentTimedNodes extends Migration {
  override up(): void {
    this.addSql(`
      alter table nodes add column publish_at timestamptz, add column unpublish_at timestamptz;
      comment on column nodes.publish_at is 'When it is to become public by itself; null once it has.';
      comment on column nodes.unpublish_at is 'When it is to be public no longer; null once it is not.';
      create index nodes_due on nodes (least(publish_at, unpublish_at), id)
        where publish_at is not null or unpublish_at is not null;

      grant select (id, tenant_id, publish_at, unpublish_at) on nodes to rustok_watch;
      grant select (suspended_at) on tenants to rustok_watch;
      create policy watch_reads on nodes for select to rustok_watch
        using (publish_at is not null or unpublish_at is not null);

      create function due_nodes(moment timestamptz, after_due timestamptz, after_id uuid, at_most integer)
      returns table (tenant_id uuid, id uuid, due timestamptz)
      language sql stable security definer set search_path = public
      begin atomic
        select n.tenant_id, n.id, least(n.publish_at, n.unpublish_at)
        from nodes n join tenants t on t.id = n.tenant_id
        where (n.publish_at is not null or n.unpublish_at is not null)
          and least(n.publish_at, n.unpublish_at) <= moment
          and least(n.publish_at, n.unpublish_at) >= after_due
          and (after_id is null or (least(n.publish_at, n.unpublish_at), n.id) > (after_due, after_id))
          and t.suspended_at is null
        order by least(n.publish_at, n.unpublish_at), n.id
        limit at_most;
      end;
      comment on function due_nodes(timestamptz, timestamptz, uuid, integer) is
        'Of all tenants but suspended ones, which have something to be done by then: the longest due first.';
      alter function due_nodes(timestamptz, timestamptz, uuid, integer) owner to rustok_watch;
      revoke all on function due_nodes(timestamptz, timestamptz, uuid, integer) from public;
      grant execute on function due_nodes(timestamptz, timestamptz, uuid, integer) to rustok_app;`);
  }
}
