import type { ClientBase } from "pg";

/** One document of the search engine: what of, in which read model, in which language. */
export interface DocumentKey {
  tenantId: string;
  kind: "product" | "node";
  generation: number;
  entityId: string;
  locale: string;
}

/** A document that the engine does not have as it is now. */
export interface WaitingDocument extends DocumentKey {
  version: number;
  /** How often the engine has refused a batch with it. */
  attempts: number;
  /** Whether the engine cannot have it as it is: then it is to have none. */
  refused: boolean;
  /** Whether it is of a read model that is searched now. */
  live: boolean;
  /** Whether the tenant has indexes of its own for it. */
  own: boolean;
}

const key = ["tenant_id", "kind", "generation", "entity_id", "locale"];
const named = `tenant_id as "tenantId", kind, generation, entity_id as "entityId", locale`;
const waiting = "sent_task is null and done_version is distinct from version";
/** How many turns those who are searched have, while those who are not have one. */
const beside = 3;
/** Of how many of each is chosen at least, however many they are. */
const least = 200;

/**
 * Up to `limit` documents that wait, those that wait longest first, taking turns between tenants and
 * between the read models of one: neither an import nor a rebuild keeps anybody else waiting. What is
 * searched now has three turns while what is built beside it has one. Of one change, the document in the
 * tenant's own language goes first.
 */
export async function waitingDocuments(db: ClientBase, limit: number): Promise<WaitingDocument[]> {
  const { rows } = await db.query<WaitingDocument>({
    name: "waiting-documents",
    text: `
      with recursive queue as (
        (select tenant_id, kind, generation from search_documents
         where ${waiting} order by tenant_id, kind, generation limit 1)
        union all
        select next.* from queue, lateral (
          select tenant_id, kind, generation from search_documents d
          where ${waiting} and (d.tenant_id, d.kind, d.generation) > (queue.tenant_id, queue.kind, queue.generation)
          order by tenant_id, kind, generation limit 1) next
      )
      select ${named}, version::float8 as version, attempts, refused, live, own
      from (
        select d.*, coalesce(g.state = 'live', false) as live, coalesce(g.own_index, false) as own,
          row_number() over (
            partition by d.tenant_id, d.kind, d.generation order by d.since, d.locale <> t.default_locale)
          * case when g.state = 'live' then 1 else ${beside} end as turn
        from queue, lateral (
          select ${key.join(", ")}, version, attempts, since,
            coalesce(refused_version = version, false) as refused
          from search_documents d
          where ${waiting} and d.tenant_id = queue.tenant_id and d.kind = queue.kind and d.generation = queue.generation
          order by since
          limit greatest(${least}, 4 * $1 / (select count(*) from queue))) d
        join tenants t on t.id = d.tenant_id
        left join index_generations g
          on g.tenant_id = d.tenant_id and g.kind = d.kind and g.generation = d.generation
      ) taking_turns
      order by turn, since
      limit $1`,
    values: [limit],
  });
  return rows;
}

/** The engine's tasks that are not known to have ended, oldest first. */
export async function tasksUnderWay(db: ClientBase): Promise<number[]> {
  const { rows } = await db.query<{ task: number }>(
    `select distinct sent_task::float8 as task from search_documents
     where sent_task is not null order by 1`,
  );
  return rows.map(({ task }) => task);
}

const keyOf = (row: string) => key.map((column) => `${row}.${column}`).join(", ");

/**
 * Locks the rows that are to be changed in the order in which projections write theirs. In any other
 * order each could hold what the other waits for.
 */
const inOrder = (rows: string) => `
  with mine as materialized (
    ${rows}
    order by d.entity_id, d.locale, d.generation
    for no key update of d
  )`;
const ofTask = inOrder(`select ${keyOf("d")} from search_documents d where d.sent_task = $1`);
const given = inOrder(`
    select ${keyOf("d")}, s.version as given
    from search_documents d
    join unnest($1::uuid[], $2::text[], $3::integer[], $4::uuid[], $5::text[], $6::bigint[])
      as s (tenant_id, kind, generation, entity_id, locale, version)
      on (${keyOf("d")}) = (${keyOf("s")})`);
const isMine = `(${keyOf("d")}) = (${keyOf("mine")})`;

/**
 * Notes what the engine has taken. Its tasks have one order: the document of a later task stands, so
 * a note of an earlier task than one already noted is passed over.
 */
export async function noteSent(
  db: ClientBase,
  task: number,
  sent: WaitingDocument[],
): Promise<void> {
  await db.query({
    name: "note-sent",
    text: `
      ${given}
      update search_documents d
      set sent_version = given, sent_task = $7, sent_at = clock_timestamp(),
          problem = case when refused_version = given then problem end
      from mine
      where ${isMine} and $7 > greatest(d.sent_task, d.done_task, -1)`,
    values: [...columnsOf(sent), task],
  });
}

/** The task has succeeded: the engine has what was sent with it. What has changed since waits again. */
export async function noteDone(db: ClientBase, task: number): Promise<void> {
  await db.query({
    name: "note-done",
    text: `
      ${ofTask}
      update search_documents d
      set done_version = sent_version, done_task = sent_task, done_at = clock_timestamp(),
          since = case when version = sent_version then since else sent_at end,
          sent_task = null, attempts = 0
      from mine
      where ${isMine} and d.sent_task = $1`,
    values: [task],
  });
}

/** Nothing is to be in an index that is not there: nothing has to be done about it. */
export async function noteNowhere(db: ClientBase, documents: WaitingDocument[]): Promise<void> {
  await db.query({
    name: "note-nowhere",
    text: `
      ${given}
      update search_documents d set done_version = given, done_at = clock_timestamp()
      from mine
      where ${isMine}`,
    values: columnsOf(documents),
  });
}

/** The task was cancelled or is gone, or the engine was at fault: its documents wait again. */
export async function noteFailed(db: ClientBase, task: number): Promise<void> {
  await db.query(
    `${ofTask}
     update search_documents d set sent_task = null
     from mine
     where ${isMine} and d.sent_task = $1`,
    [task],
  );
}

/**
 * The task has failed for its documents' sake: alone, a document keeps the reason; in company, all wait
 * again, to be sent in smaller batches.
 */
export async function noteBlamed(db: ClientBase, task: number, problem: string): Promise<void> {
  await db.query(
    `${ofTask}, blamed as (select count(*) = 1 as alone from mine)
     update search_documents d
     set sent_task = null,
         attempts = case when alone then 0 else attempts + 1 end,
         refused_version = case when alone then sent_version else refused_version end,
         problem = case when alone then $2 else problem end
     from mine, blamed
     where ${isMine} and d.sent_task = $1`,
    [task, problem],
  );
}

/** The documents of a request that the engine did not take for their sake wait again, in smaller company. */
export async function noteUnsendable(db: ClientBase, documents: WaitingDocument[]): Promise<void> {
  await db.query({
    name: "note-unsendable",
    text: `
      ${given}
      update search_documents d set attempts = attempts + 1
      from mine
      where ${isMine}`,
    values: columnsOf(documents),
  });
}

/** The engine cannot have the document as it is: the reason stays with it until it changes. */
export async function noteRefused(
  db: ClientBase,
  { tenantId, kind, generation, entityId, locale, version }: WaitingDocument,
  problem: string,
): Promise<void> {
  await db.query({
    name: "note-refused",
    text: `
      update search_documents set refused_version = $6, problem = $7, attempts = 0
      where tenant_id = $1 and kind = $2 and generation = $3 and entity_id = $4 and locale = $5`,
    values: [tenantId, kind, generation, entityId, locale, version, problem],
  });
}

const columnsOf = (documents: WaitingDocument[]) => [
  documents.map(({ tenantId }) => tenantId),
  documents.map(({ kind }) => kind),
  documents.map(({ generation }) => generation),
  documents.map(({ entityId }) => entityId),
  documents.map(({ locale }) => locale),
  documents.map(({ version }) => version),
];
