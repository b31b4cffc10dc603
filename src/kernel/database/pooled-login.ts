import pg from "pg";

/** The pooler's login may do what no server may. The message says what to do, for the person at the terminal. */
export class LoginNotConfined extends Error {
  override name = "LoginNotConfined";
}

/**
 * Through a pooler no connection can be given its role, so the login itself must have no more than the
 * server's: row-level policies would not bind another. Throws LoginNotConfined.
 */
export async function makeSureItOnlyServes(pooledUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: pooledUrl, application_name: "rustok" });
  await client.connect();
  try {
    const { rows } = await client.query<{ login: string; confined: boolean }>(`
      select current_user as login,
        not (rolsuper or rolbypassrls)
        and pg_has_role(current_user, 'rustok_app', 'usage')
        and not exists (
          select from pg_roles r
          where r.rolname in ('rustok_relay', 'rustok_queue', 'rustok_search', 'rustok_watch', 'rustok_reader')
            and pg_has_role(current_user, r.oid, 'usage'))
        and not exists (
          select from pg_class c
          where c.oid = 'sys_events'::regclass and pg_has_role(current_user, c.relowner, 'usage'))
        as confined
      from pg_roles where rolname = current_user`);
    const [found] = rows;
    if (!found?.confined) {
      throw new LoginNotConfined(
        `DATABASE_URL leads to a pooler as ${found?.login}, who may do more than serve, or less. Log in as a role made ` +
          "by `create role rustok_web login password '…' in role rustok_app`, and give the one " +
          "there is now in DATABASE_DIRECT_URL alone.",
      );
    }
  } finally {
    await client.end();
  }
}
