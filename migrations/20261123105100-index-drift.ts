import { Migration } from "@mikro-orm/migrations";

/** What the patrol has found, and what the search engine has refused, of all tenants together: for an operator. */
export class IndexDrift extends Migration {
  override up(): void {
    this.addSql(`
      create function drift_by_kind() returns table (kind text, rounds bigint, found bigint, refused bigint)
      language sql stable security definer set search_path = public
      begin atomic
        select k, coalesce(p.rounds, 0), coalesce(p.found, 0), coalesce(d.refused, 0)
        from unnest(array['product', 'node', 'category']) k
        left join (
          select kind, sum(rounds)::bigint as rounds, sum(found)::bigint as found from index_patrol group by kind
        ) p on p.kind = k
        left join (
          select kind, count(*) as refused from search_documents where problem is not null group by kind
        ) d on d.kind = k;
      end;
      comment on function drift_by_kind() is
        'How often the patrol has been all round a tenant, how many differences it has found and repaired, and how many documents the search engine cannot have.';
      alter function drift_by_kind() owner to rustok_reader;
      revoke all on function drift_by_kind() from public;
      grant execute on function drift_by_kind() to rustok_app;`);
  }
}
