import { Migration } from "@mikro-orm/migrations";

/** What whoever has a tenant deleted must know of its export: that it was made says not that anybody has it. */
export class TenantsExportedRows extends Migration {
  override up(): void {
    this.addSql(`
      alter table tenants add column exported_rows bigint;
      comment on column tenants.exported_rows is 'How many rows the export of exported_at has.';

      -- It gives a whole row, so it is made anew with the columns there are now.
      create or replace function find_tenant(by_id uuid, by_slug text, by_host text) returns setof tenants
      language sql stable security definer set search_path = public
      begin atomic
        select t.* from tenants t
        where t.id = by_id
           or t.slug = by_slug
           or t.id = (select d.tenant_id from tenant_domains d where d.host = by_host);
      end;`);
  }
}
