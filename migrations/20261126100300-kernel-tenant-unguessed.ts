import { Migration } from "@mikro-orm/migrations";

/**
 * Hides from the planner which tenant it is. What it could look up in its statistics, it took at their
 * word: of a tenant that came after the last ANALYZE they have no row, so that any index that begins with
 * the tenant seemed as good as the one that was made for the question, and each of a projection's products
 * was looked for among all that the tenant had: an import grew slower with its square, 150 products took
 * up to 38 s, and whoever else waited for a worker waited for that. A subquery's answer it does not
 * know, and plans for any tenant.
 *
 * The tables are in use: whoever cannot have them all within half a second, before PostgreSQL looks for a
 * deadlock, lets go and tries again.
 */
export class KernelTenantUnguessed extends Migration {
  override up(): void {
    this.addSql(`
      create or replace function protect_tenant_rows(owned regclass) returns void
      language plpgsql as $$
      begin
        execute format('alter table %s enable row level security', owned);
        execute format('alter table %s force row level security', owned);
        execute format(
          'create policy tenant_rows on %s to rustok_app using (tenant_id = (select current_tenant())) with check (tenant_id = (select current_tenant()))',
          owned);
        execute format('grant select, insert, update, delete on %s to rustok_app', owned);
      end $$;`);

    this.addSql(`
      do $$
      declare owned record;
      begin
        set local lock_timeout = '500ms';
        for attempt in 1..100 loop
          begin
            for owned in
              select schemaname, tablename from pg_policies
              where policyname = 'tenant_rows' and qual = '(tenant_id = current_tenant())'
              order by schemaname, tablename
            loop
              execute format(
                'alter policy tenant_rows on %I.%I using (tenant_id = (select current_tenant())) with check (tenant_id = (select current_tenant()))',
                owned.schemaname, owned.tablename);
            end loop;
            set local lock_timeout to default;
            return;
          exception when lock_not_available then
            perform pg_sleep(0.2);
          end;
        end loop;
        raise exception 'The tables were too busy for a minute to be given their new policies. Nothing has changed; try again.';
      end $$;`);
  }
}
