import { Migration } from "@mikro-orm/migrations";

/** The two detail reads of a storefront: one row by what its URL says, the tenant first. */
export class StorefrontReads extends Migration {
  override up(): void {
    this.addSql(`
      create function storefront_product(tenant uuid, in_locale text, by_handle text)
      returns table (doc text, indexed_at timestamptz)
      language sql stable security definer set search_path = public
      begin atomic
        select p.doc::text, p.indexed_at
        from index_products p
        where p.tenant_id = tenant and p.locale = in_locale and p.handle = by_handle and p.visible
        order by p.revision desc
        limit 1;
      end;
      comment on function storefront_product(uuid, text, text) is
        'A handle that changed hands may for a moment stand in two rows: the one changed last answers.';

      create function storefront_node(tenant uuid, in_locale text, of_kind text, by_slug text)
      returns table (doc text, indexed_at timestamptz)
      language sql stable security definer set search_path = public
      begin atomic
        select n.doc::text, n.indexed_at
        from index_content n
        where n.tenant_id = tenant and n.locale = in_locale and n.kind = of_kind and n.slug = by_slug and n.visible
        order by n.shown_locale = in_locale desc, n.revision desc
        limit 1;
      end;
      comment on function storefront_node(uuid, text, text, text) is
        'Of two nodes with one slug, the one at home in the locale goes before one that falls back to it.';`);

    for (const reader of [
      "storefront_product(uuid, text, text)",
      "storefront_node(uuid, text, text, text)",
    ]) {
      this.addSql(`
        alter function ${reader} owner to rustok_reader;
        revoke all on function ${reader} from public;
        grant execute on function ${reader} to rustok_app;`);
    }
  }
}
