import { Migration } from "@mikro-orm/migrations";

/**
 * Of a tenant that nobody is deleting the server may not take the events away: a fault of the server, or
 * whoever speaks in its name, could otherwise leave changes that no read model ever hears of.
 */
export class TenantsForgetEventsOfDeleted extends Migration {
  override up(): void {
    this.addSql(`
      alter function forget_events_of_tenant(uuid, integer) rename to remove_events_of_tenant;
      alter function remove_events_of_tenant(uuid, integer) security invoker;
      revoke execute on function remove_events_of_tenant(uuid, integer) from rustok_app;
      grant select (deletion_requested_at) on tenants to rustok_relay;

      create function forget_events_of_tenant(of_tenant uuid, at_most integer) returns bigint
      language plpgsql security definer set search_path = public as $$
      begin
        if not exists (select from tenants where id = of_tenant and deletion_requested_at is not null) then
          raise exception 'The tenant is not being deleted.' using errcode = 'object_not_in_prerequisite_state';
        end if;
        return remove_events_of_tenant(of_tenant, at_most);
      end $$;
      comment on function forget_events_of_tenant(uuid, integer) is
        'Of a tenant that is being deleted: removes up to so many of each and says how many there were.';
      alter function forget_events_of_tenant(uuid, integer) owner to rustok_relay;
      revoke all on function forget_events_of_tenant(uuid, integer) from public;
      grant execute on function forget_events_of_tenant(uuid, integer) to rustok_app;`);
  }
}
