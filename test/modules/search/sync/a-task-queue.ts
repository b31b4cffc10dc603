import type { Meilisearch } from "meilisearch";

/** What became of a task. A vanished one is not known any more; its documents may have gone in before. */
export type Fate = "succeeded" | "failed" | "vanished" | "vanished when done";

interface Task {
  uid: number;
  status: "enqueued" | "succeeded" | "failed";
  error?: { code: string; message: string };
  cards: Record<string, unknown>[];
  gone: string[];
}

/**
 * The one thing of Meilisearch that feeding relies on in its order: tasks get their numbers when they
 * are taken, and are done in that order. How a real one behaves in all else, other tests see.
 */
export function aTaskQueue() {
  let tasks: Task[] = [];
  let taken = 0;
  const documents = new Map<string, Record<string, unknown>>();
  /** By document, the revision that a card must have so as not to be of an earlier state. */
  const least = new Map<string, number>();
  const wentBack: string[] = [];

  const enqueue = (of: Pick<Task, "cards" | "gone">) => {
    const task: Task = { uid: taken++, status: "enqueued", ...of };
    tasks.push(task);
    return { taskUid: task.uid };
  };

  const client = {
    index: () => ({
      addDocuments: async (cards: Record<string, unknown>[]) => enqueue({ cards, gone: [] }),
      deleteDocuments: async (gone: string[]) => enqueue({ cards: [], gone }),
    }),
    tasks: {
      getTasks: async ({ uids }: { uids: number[] }) => ({
        results: tasks.filter(({ uid }) => uids.includes(uid)),
      }),
    },
  } as unknown as Meilisearch;

  /** Does the oldest task that waits. One with a card that cannot be goes wrong for that, whatever its fate. */
  function work(fate: Fate): void {
    const task = tasks.find(({ status }) => status === "enqueued");
    if (!task) return;
    const spoiled = task.cards.some(({ title }) => title === "bad");
    if (spoiled) fail(task, "invalid_document_fields");
    else if (fate === "failed") fail(task, "internal");
    else if (fate !== "vanished") apply(task);
    if (fate.startsWith("vanished")) tasks = tasks.filter((other) => other !== task);
  }

  function fail(task: Task, code: string): void {
    Object.assign(task, { status: "failed", error: { code, message: "as the test wants it" } });
  }

  function apply(task: Task): void {
    task.status = "succeeded";
    for (const card of task.cards) {
      const [id, revision] = [String(card["id"]), Number(card["sourceRevision"])];
      if (revision < (least.get(id) ?? 0)) wentBack.push(id);
      least.set(id, revision);
      documents.set(id, card);
    }
    for (const id of task.gone) {
      const card = documents.get(id);
      if (card) least.set(id, Number(card["sourceRevision"]) + 1);
      documents.delete(id);
    }
  }

  return {
    client,
    work,
    documents,
    wentBack,
    idle: () => tasks.every(({ status }) => status !== "enqueued"),
  };
}

export type TaskQueue = ReturnType<typeof aTaskQueue>;
