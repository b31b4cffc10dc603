import type { Meilisearch, Task } from "meilisearch";
import type { ClientBase } from "pg";
import { noteBlamed, noteDone, noteFailed } from "./documents.ts";
import { isDocumentsFault } from "./fault.ts";
import { traceTask } from "./trace-task.ts";

/** How soon to ask again about a task, and how seldom at last. */
const askMs = { first: 4, longest: 60 };
/** A patient look gives up after this long: there may be news from elsewhere. */
const patienceMs = 1_000;

/** The engine could not do a task through no fault of its documents. */
export class EngineFault extends Error {
  override name = "EngineFault";
}

interface Looking {
  /** Not to come back before the oldest has ended or a second is over. */
  patient?: boolean;
  /** Told of those that have succeeded. */
  onDone?: (tasks: Task[]) => void;
}

/**
 * Looks after tasks under way: notes what has ended and how, and answers those that have not.
 * Throws {@link EngineFault}, such as for a full disk: its documents wait again.
 */
export async function settle(
  db: ClientBase,
  client: Meilisearch,
  under: number[],
  { patient = false, onDone = () => {} }: Looking = {},
): Promise<number[]> {
  const end = performance.now() + patienceMs;
  for (let wait = askMs.first; under.length > 0; wait = Math.min(wait * 1.5, askMs.longest)) {
    const left = await look(db, client, under, onDone);
    if (!patient || left.length < under.length || performance.now() > end) return left;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return under;
}

async function look(
  db: ClientBase,
  client: Meilisearch,
  under: number[],
  onDone: (tasks: Task[]) => void,
): Promise<number[]> {
  const { results } = await client.tasks.getTasks({ uids: under, limit: under.length });
  onDone(results.filter(({ status }) => status === "succeeded"));
  const tasks = new Map(results.map((task) => [task.uid, task]));
  const left: number[] = [];
  for (const uid of under) {
    const task = tasks.get(uid);
    if (task?.status === "enqueued" || task?.status === "processing") left.push(uid);
    else await note(db, uid, task);
  }
  return left;
}

/** A task that the engine does not know any more was lost with its documents. */
async function note(db: ClientBase, uid: number, task: Task | undefined): Promise<void> {
  if (task) await traceTask(db, task);
  if (task?.status === "succeeded") return noteDone(db, uid);
  const { code = "", message = "" } = task?.error ?? {};
  if (isDocumentsFault(code)) return noteBlamed(db, uid, message);
  await noteFailed(db, uid);
  if (task?.status === "failed") throw new EngineFault(`${code}: ${message}`);
}
