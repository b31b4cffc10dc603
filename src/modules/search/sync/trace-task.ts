import type { Task } from "meilisearch";
import type { ClientBase } from "pg";
import { tracer } from "#kernel/observability/tracing";

/** Of an import's batch, as many as a job may stand for. */
const mostTraces = 100;

/**
 * Adds a task that has ended to the traces of the changes it carried, with the times that the engine
 * gives. Of a document that was changed again meanwhile, that is the later change.
 */
export async function traceTask(db: ClientBase, task: Task): Promise<void> {
  const tracing = tracer();
  if (!tracing) return;
  const { rows } = await db.query<{ traceparent: string }>(
    `select distinct traceparent from search_documents
     where sent_task = $1 and traceparent is not null limit $2`,
    [task.uid, mostTraces],
  );
  for (const { traceparent: parent } of rows) {
    const span = tracing.begin(`search task ${task.type}`, {
      kind: "client",
      parent,
      from: new Date(task.enqueuedAt),
      facts: {
        "rustok.search.index": task.indexUid ?? undefined,
        "rustok.search.task": task.uid,
        "rustok.search.started_at": task.startedAt ?? undefined,
      },
    });
    if (task.status !== "succeeded") span?.fail(task.error?.code ?? task.status);
    span?.end(task.finishedAt ? new Date(task.finishedAt) : new Date());
  }
}
