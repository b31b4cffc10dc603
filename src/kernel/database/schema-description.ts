import type { Pool } from "pg";

/** The database schema as text that depends on nothing but the schema: what `schema.sql` holds. */
export async function describeSchema(pool: Pool): Promise<string> {
  const parts = await Promise.all([tables(pool), functions(pool)]);
  return `-- Written by \`rustok schema:dump\` from the migrated database. Do not edit.\n\n${parts.join("\n")}`;
}

async function tables(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{
    name: string;
    by: string;
    lines: string[];
    after: string[];
  }>(`
    select c.relname as name,
      coalesce(' partition by ' || pg_get_partkeydef(c.oid), '') as by,
      array(
        select format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' else '' end,
          case
            when a.attgenerated <> '' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
            when d.adbin is not null then format(' default %s', pg_get_expr(d.adbin, d.adrelid))
            else '' end)
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        order by a.attnum)
      || array(
        select format('  constraint %I %s', conname, pg_get_constraintdef(oid))
        from pg_constraint where conrelid = c.oid and contype <> 'n' order by conname) as lines,
      array(
        select pg_get_indexdef(i.indexrelid) || ';'
        from pg_index i
        where i.indrelid = c.oid and not exists (select from pg_constraint where conindid = i.indexrelid)
        order by i.indexrelid::regclass::text)
      || array(
        select pg_get_triggerdef(oid) || ';' from pg_trigger
        where tgrelid = c.oid and not tgisinternal order by tgname)
      || case when c.relrowsecurity then array[format('-- row-level security%s', case when c.relforcerowsecurity then ', forced' else '' end)] else '{}' end
      || array(
        select format('create policy %I on %I for %s to %s using (%s)%s;', policyname, tablename, lower(cmd),
          array_to_string(roles, ', '), coalesce(qual, 'true'), coalesce(format(' with check (%s)', with_check), ''))
        from pg_policies where schemaname = 'public' and tablename = c.relname order by policyname)
      || array(
        select format('grant %s on %I to %s;', string_agg(lower(privilege_type), ', ' order by privilege_type), c.relname, grantee)
        from information_schema.role_table_grants
        where table_schema = 'public' and table_name = c.relname and grantee like 'rustok\\_%'
        group by grantee order by grantee) as after
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p') and c.relname <> 'migrations'
    order by c.relname`);
  return rows
    .map(({ name, by, lines, after }) =>
      [`create table ${name} (`, lines.join(",\n"), `)${by};`, ...after, ""].join("\n"),
    )
    .join("\n");
}

async function functions(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ definition: string; owner: string | null }>(`
    select pg_get_functiondef(p.oid) as definition,
      case when p.prosecdef then format('-- owned by %s', pg_get_userbyid(p.proowner)) end as owner
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
      and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
    order by p.oid::regprocedure::text`);
  return rows
    .map(({ definition, owner }) => `${definition.trimEnd()};\n${owner ? `${owner}\n` : ""}`)
    .join("\n");
}
