import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { DomainError } from "#kernel/errors";
import type { Entry, Failure } from "../records.ts";
import { writeBatch, type Given } from "./batch.ts";
import type { RecordType } from "./names.ts";
import { checksumOf } from "./references.ts";
import type { ImportOptions, Report } from "./report.ts";

/** A batch is one transaction: enough records to share its cost, not so many that they fill the memory. */
const MOST_RECORDS = 250;
const MOST_CHARACTERS = 4_000_000;

/**
 * Writes the records of a source through the services of the modules that own them, batch by batch,
 * in the order they come. A record that was imported before, under the same source and key, is
 * updated if it has changed, else left alone; so an import may be repeated, and goes on where it was
 * cut off. Where a batch is refused, its records are tried one by one, and the bad ones reported.
 * Throws what is nobody's fault here: a database that is gone, a file that cannot be read.
 */
export async function importRecords(
  ctx: RequestContext,
  source: string,
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  { total, onProgress }: ImportOptions & { total: number },
): Promise<Report> {
  const report: Report = { created: 0, updated: 0, unchanged: 0, failed: [] };
  const own = new Map<string, string>();
  let done = 0;

  async function commit(batch: Given[]): Promise<void> {
    try {
      const part = await inTransaction(ctx, (tx) => writeBatch(tx, source, batch, own));
      report.created += part.created;
      report.updated += part.updated;
      report.unchanged += part.unchanged;
      report.failed.push(...part.failed);
    } catch (error) {
      const [first, second] = batch;
      if (!first || !(error instanceof DomainError)) throw error;
      if (second) for (const each of batch) await commit([each]);
      else report.failed.push({ line: first.line, reason: error.message });
    }
  }

  for await (const { records, failures } of batches(entries)) {
    if (records.length > 0) await commit(records);
    report.failed.push(...failures);
    done += failures.length + records.filter(({ record }) => isGoods(record.type)).length;
    onProgress?.({ done: Math.min(done, total), total });
  }
  report.failed.sort((one, other) => one.line - other.line);
  return report;
}

/** Products and nodes are what people count; the rest is what they are filed under. */
function isGoods(type: RecordType): boolean {
  return type === "product" || type === "node";
}

async function* batches(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
): AsyncGenerator<{ records: Given[]; failures: Failure[] }> {
  let records: Given[] = [];
  let failures: Failure[] = [];
  let characters = 0;
  for await (const entry of entries) {
    if ("record" in entry) {
      const text = JSON.stringify(entry.record);
      records.push({ ...entry, checksum: checksumOf(text) });
      characters += text.length;
    } else failures.push(entry);
    if (records.length + failures.length < MOST_RECORDS && characters < MOST_CHARACTERS) continue;
    yield { records, failures };
    [records, failures, characters] = [[], [], 0];
  }
  if (records.length + failures.length > 0) yield { records, failures };
}
