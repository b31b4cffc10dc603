import { installation } from "#test/installation";

const { db, owner } = await installation();

/** The ORM asks without the tenant, as code would that forgot to. Call what it returns to put the filter back. */
export function forgetFilter(): () => void {
  const { tenant } = db.orm.config.get("filters") as { tenant: { cond: unknown } };
  const { cond } = tenant;
  tenant.cond = () => ({});
  return () => {
    tenant.cond = cond;
  };
}

/** The same for one entity alone. */
export function forgetFilterOf(entity: string): () => void {
  const { tenant } = db.orm.config.get("filters") as { tenant: { cond: unknown } };
  const cond = tenant.cond as Condition;
  const forgetful: Condition = (...given) => (given[4] === entity ? {} : cond(...given));
  tenant.cond = forgetful;
  return () => {
    tenant.cond = cond;
  };
}

/** Of what it is given, the last is the name of the entity. */
type Condition = (
  ...given: [args: unknown, type: unknown, em: unknown, options: unknown, entity?: string]
) => object;

/** The policies of this file's own database let every tenant see and write every row. */
export async function openPolicies(): Promise<void> {
  const { rows } = await owner.query<{ table: string }>(
    `select tablename as "table" from pg_policies where policyname = 'tenant_rows'`,
  );
  for (const { table } of rows) {
    await owner.query(`alter policy tenant_rows on ${table} using (true) with check (true)`);
  }
}

/** The functions of this file's own database find every tenant equal, but in which generation is live: all of them would be an error. */
export async function forgetTenantInFunctions(): Promise<void> {
  const { rows } = await owner.query<{ definition: string }>(`
    select pg_get_functiondef(oid) as definition from pg_proc
    where pronamespace = 'public'::regnamespace and prokind = 'f' and proname <> 'live_generation'`);
  for (const { definition } of rows) {
    const forgetful = definition.replaceAll(/(\w+\.)?\btenant_id = [\w.]+/g, "true");
    if (forgetful !== definition) await owner.query(forgetful);
  }
}
