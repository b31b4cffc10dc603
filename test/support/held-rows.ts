import { installation } from "./installation.ts";

const { owner } = await installation();

/** Locks the rows that a query selects `for update`, until the function it answers is called. */
export async function holdRows(query: string, values: unknown[]): Promise<() => Promise<void>> {
  const client = await owner.connect();
  await client.query("begin");
  await client.query(query, values);
  return async () => {
    await client.query("commit");
    client.release();
  };
}

/** Resolves when so many statements wait for a lock, or when `unless` has ended. */
export async function untilWaiting(count: number, unless: Promise<unknown>): Promise<void> {
  let ended = false;
  const end = () => (ended = true);
  unless.then(end, end);
  for (;;) {
    const { rows } = await owner.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (ended || (rows[0]?.waiting ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
