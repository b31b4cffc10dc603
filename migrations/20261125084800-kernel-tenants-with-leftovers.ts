import { Migration } from "@mikro-orm/migrations";

/**
 * Who has something that is to be forgotten. Upkeep asks it first, in one statement: to open a
 * transaction for every tenant, every hour, only to delete nothing is most of its work otherwise.
 */
export class KernelTenantsWithLeftovers extends Migration {
  override up(): void {
    this.addSql(`
      create policy reader_reads on blog_comments for select to rustok_reader using (address is not null);
      grant select (tenant_id, address, created_at) on blog_comments to rustok_reader;
      create policy reader_reads on account_requests for select to rustok_reader using (true);
      grant select (tenant_id, expires_at) on account_requests to rustok_reader;
      create policy reader_reads on oidc_sign_ins for select to rustok_reader using (true);
      grant select (tenant_id, expires_at) on oidc_sign_ins to rustok_reader;
      create policy reader_reads on idempotency_keys for select to rustok_reader using (true);
      grant select (tenant_id, claimed_at) on idempotency_keys to rustok_reader;
      create policy reader_reads on search_queries for select to rustok_reader using (true);
      grant select (tenant_id, day) on search_queries to rustok_reader;`);

    for (const [name, given, question] of [
      [
        "tenants_with_comment_addresses",
        "older_than timestamptz",
        `select distinct tenant_id from blog_comments where address is not null and created_at < older_than`,
      ],
      [
        "tenants_with_old_sign_ins",
        "older_than timestamptz",
        `select tenant_id from sessions where least(ended_at, expires_at) < older_than
         union select tenant_id from account_requests where expires_at < now()
         union select tenant_id from oidc_sign_ins where expires_at < now()`,
      ],
      [
        "tenants_with_old_keys",
        "older_than timestamptz",
        `select distinct tenant_id from idempotency_keys where claimed_at < older_than`,
      ],
      [
        "tenants_with_old_queries",
        "counted_before date, popular_before date",
        `select tenant_id from search_queries where day < counted_before
         union select tenant_id from search_popular where last_day < popular_before`,
      ],
      [
        "tenants_with_old_generations",
        "older_than timestamptz",
        `select distinct tenant_id from index_generations
         where state = 'retired' or (state = 'previous' and retired_at < older_than)`,
      ],
    ] as const) {
      this.addSql(`
        create function ${name}(${given}) returns setof uuid
        language sql stable security definer set search_path = public
        begin atomic
          ${question};
        end;
        alter function ${name} owner to rustok_reader;
        revoke all on function ${name} from public;
        grant execute on function ${name} to rustok_app;`);
    }
  }
}
