import { Migration } from "@mikro-orm/migrations";

/** Locks documents in the order in which projections write theirs: in any other, each could hold what the other waits for. */
export class IndexTouchInOrder extends Migration {
  override up(): void {
    this.addSql(`
      create or replace function touch_search_documents(of_kind text, of_generation integer, ids uuid[], in_locale text)
      returns table (tenant_id uuid, entity_id uuid, own boolean)
      language sql volatile security definer set search_path = public
      begin atomic
        with theirs as materialized (
          select d.tenant_id, d.entity_id, g.own_index
          from search_documents d
          join index_generations g
            on g.tenant_id = d.tenant_id and g.kind = d.kind and g.generation = d.generation
          where d.kind = of_kind and d.generation = of_generation and d.entity_id = any (ids) and d.locale = in_locale
          order by d.entity_id
          for no key update of d
        )
        update search_documents d
        set version = nextval('search_versions'),
            since = case when d.done_version = d.version then now() else d.since end
        from theirs
        where d.tenant_id = theirs.tenant_id and d.kind = of_kind and d.generation = of_generation
          and d.entity_id = theirs.entity_id and d.locale = in_locale
        returning d.tenant_id, d.entity_id, theirs.own_index;
      end;`);
  }
}
