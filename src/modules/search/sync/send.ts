import type { Meilisearch } from "meilisearch";
import type { ClientBase } from "pg";
import type { MeilisearchConnection } from "../meilisearch/connection.ts";
import { documentId, indexUid, scopeOf } from "../meilisearch/indexes.ts";
import { oneOf, scopeFilter } from "../meilisearch/scope.ts";
import { noteTask } from "./engine-state.ts";
import {
  noteNowhere,
  noteRefused,
  noteSent,
  noteUnsendable,
  type WaitingDocument,
} from "./documents.ts";
import { cardsOf, type Placed } from "./cards.ts";
import { isOurFault } from "./fault.ts";

/** What an index is told in one request. */
interface Batch {
  uid: string;
  documents: (WaitingDocument & Placed)[];
}

/** The indexes that are there, each with our settings. */
export type Indexes = ReadonlyMap<string, { ready: boolean }>;

/** What came of sending. */
export interface Sent {
  tasks: number[];
  /** Whether documents were kept for an index that is not there yet: sending would make one without settings. */
  homeless: boolean;
}

/**
 * Sends documents as they are now to their indexes, and notes the tasks that carry them. What cannot be
 * a card is removed from the index, with the reason on record.
 */
export async function send(
  db: ClientBase,
  { client, prefix }: MeilisearchConnection,
  indexes: Indexes,
  waiting: WaitingDocument[],
): Promise<Sent> {
  const placed = await cardsOf(
    async (text, values) => (await db.query(text, values)).rows,
    waiting,
  );
  const sent: Sent = { tasks: [], homeless: false };
  for (const document of placed) {
    if (document.rejection) await noteRefused(db, document, document.rejection);
  }
  for (const batch of batchesOf(prefix, placed)) {
    if (!indexes.has(batch.uid)) {
      const gone = batch.documents.filter(({ card }) => !card);
      await noteNowhere(db, gone);
      sent.homeless ||= gone.length < batch.documents.length;
      continue;
    }
    try {
      sent.tasks.push(...(await sendBatch(db, client, batch)));
    } catch (error) {
      if (!isOurFault(error)) throw error;
      await blame(db, batch.documents, error);
    }
  }
  return sent;
}

async function sendBatch(
  db: ClientBase,
  client: Meilisearch,
  { uid, documents }: Batch,
): Promise<number[]> {
  const index = client.index(uid);
  const gone = documents.filter(({ card }) => !card);
  const shown = documents.filter(({ card }) => card);
  const tasks: number[] = [];
  const note = async (taskUid: number, sent: WaitingDocument[]) => {
    await noteTask(db, taskUid);
    await noteSent(db, taskUid, sent);
    tasks.push(taskUid);
  };
  const hidden = gone.filter(({ rowless }) => !rowless);
  if (hidden.length > 0)
    await note((await index.deleteDocuments(hidden.map(idOf))).taskUid, hidden);
  // What has no row may be another tenant's by right: only what bears this tenant's name is removed.
  const rowless = Map.groupBy(
    gone.filter((document) => document.rowless),
    ({ tenantId, generation }) => scopeOf(tenantId, generation),
  );
  for (const [scope, ofScope] of rowless) {
    const filter = [scopeFilter(scope), oneOf("id", ofScope.map(idOf))];
    await note((await index.deleteDocuments({ filter })).taskUid, ofScope);
  }
  if (shown.length > 0) {
    const cards = shown.map(({ card }) => card as unknown as Record<string, unknown>);
    await note((await index.addDocuments(cards)).taskUid, shown);
  }
  return tasks;
}

const idOf = ({ entityId, generation }: WaitingDocument) => documentId(entityId, generation);

/** Alone, a document is to blame itself; in company, its batch is sent again in smaller ones. */
export async function blame(
  db: ClientBase,
  documents: WaitingDocument[],
  reason: unknown,
): Promise<void> {
  const [only] = documents;
  if (documents.length === 1 && only) {
    await noteRefused(db, only, reason instanceof Error ? reason.message : String(reason));
  } else {
    await noteUnsendable(db, documents);
  }
}

/** The most bytes of cards in a request: far below what Meilisearch takes, and little to send again. */
const maxBytes = 8_000_000;

/** Documents of one index each; those that were refused in company keep to themselves. */
function batchesOf(prefix: string, documents: (WaitingDocument & Placed)[]): Batch[] {
  const batches: Batch[] = [];
  const grouped = Map.groupBy(documents, ({ kind, locale, own, tenantId, attempts }) =>
    JSON.stringify([indexUid(prefix, kind, locale, own ? tenantId : null), attempts]),
  );
  for (const [group, members] of grouped) {
    const [uid, attempts] = JSON.parse(group) as [string, number];
    const most = attempts === 0 ? Infinity : Math.max(1, Math.floor(1_000 / 10 ** attempts));
    let batch: Batch | undefined;
    let bytes = 0;
    for (const document of members) {
      if (!batch || batch.documents.length >= most || bytes > maxBytes) {
        batch = { uid, documents: [] };
        batches.push(batch);
        bytes = 0;
      }
      batch.documents.push(document);
      bytes += document.bytes;
    }
  }
  return batches;
}
