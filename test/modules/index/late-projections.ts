import pg from "pg";
import type { RequestContext } from "#kernel/context";
import { as } from "#kernel/database/database";
import type { Transaction } from "#kernel/database/transaction";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";
import { products, type ReadModel } from "../../../src/modules/index/read-model.ts";

type Alter = (text: string) => string;

/** A connection of a tenant's on which the product's statements run, each in a transaction of its own. */
export interface Session {
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** What services join; `alter` changes their statements. */
  transaction(ctx: RequestContext, alter?: Alter): Transaction;
}

export async function openSession(): Promise<Session> {
  const { db } = await installation();
  const client = new pg.Client({ connectionString: db.url, options: as("rustok_app") });
  await client.connect();
  afterwards(() => client.end());
  const query: Session["query"] = async (text, values) => (await client.query(text, values)).rows;
  return {
    query,
    transaction: (ctx, alter = (text) => text) =>
      ({
        ...ctx,
        now: new Date(),
        recorded: [],
        sql: (text: string, values?: unknown[]) => query(alter(text), values),
      }) as unknown as Transaction,
  };
}

/** How many projections may have read and not yet written. */
export const slots = 8;

/** Makes room for what they have read: rows, and which generations there are. */
export async function makeSlots(): Promise<void> {
  const { owner } = await installation();
  await owner.query(`
    create unlogged table late_rows as select 0 as slot, p.* from project_products('{}') p;
    create unlogged table late_generations as select 0 as slot, g.* from index_generations g limit 0;
    create index on late_rows (slot);
    create index on late_generations (slot);
    grant all on late_rows, late_generations to rustok_app`);
  for (let slot = 0; slot < slots; slot++) {
    await owner.query(`
      create view late_generations_${slot} as select * from late_generations where slot = ${slot};
      create function late_projection_${slot}(uuid[]) returns setof late_rows language sql stable
      as 'select * from late_rows where slot = ${slot}';
      grant select on late_generations_${slot} to rustok_app`);
  }
}

/** Has a projection of products read now; {@link lateModel} writes it, whenever one likes. */
export async function readEarly({ query }: Session, slot: number, ids: string[]): Promise<void> {
  await query(`
    delete from late_rows where slot = ${slot};
    delete from late_generations where slot = ${slot};
    with generations as (
      insert into late_generations
      select ${slot}, g.* from index_generations g where kind = 'product')
    insert into late_rows select ${slot}, p.* from project_products('{${ids.join(",")}}') p`);
}

/** The read model as that projection knows it: take it, with the statement changed so, for the product's own. */
export function lateModel(slot: number): { model: ReadModel; alter: Alter } {
  return {
    model: { ...products, projection: `late_projection_${slot}` },
    alter: (text) => text.replace("join index_generations g", `join late_generations_${slot} g`),
  };
}
