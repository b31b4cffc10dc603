import type { Database } from "#kernel/database/database";

/** What a turn has done to the weeks of the outbox. */
export interface PartitionTurn {
  /** Names of the weeks that were made. */
  made: string[];
  /** How many events a new week has taken in that had to be put elsewhere meanwhile; 0 as a rule. */
  moved: number;
  /** Names of the weeks that went, with all their events. */
  dropped: string[];
}

/** PostgreSQL's word for a lock that was not to be had in time. */
const lockNotAvailable = "55P03";

/**
 * Makes the weeks to come, and drops those that are over: of which every event was handed over a month ago
 * or longer and no job has failed. A week waits a second at most for those who write; when it does not get
 * its turn, the next one comes. Any number of processes may do so at a time.
 */
export async function keepPartitions({ pool }: Pick<Database, "pool">): Promise<PartitionTurn> {
  const { rows } = await pool.query<{ made: string; moved: number }>(
    "select made, moved::float8 as moved from make_event_partitions()",
  );
  const dropped: string[] = [];
  for (;;) {
    const name = await dropOne(pool);
    if (name === null) break;
    dropped.push(name);
  }
  return {
    made: rows.map(({ made }) => made),
    moved: rows.reduce((sum, { moved }) => sum + moved, 0),
    dropped,
  };
}

/** Each in its own transaction, so that writers wait for one alone. */
async function dropOne(pool: Database["pool"]): Promise<string | null> {
  try {
    const { rows } = await pool.query<{ name: string | null }>(
      "select drop_event_partition() as name",
    );
    return rows[0]?.name ?? null;
  } catch (error) {
    if ((error as { code?: string }).code === lockNotAvailable) return null;
    throw error;
  }
}
