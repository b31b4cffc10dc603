import type { Task } from "meilisearch";
import type { WaitingDocument } from "./documents.ts";

/**
 * About how long a task is to take the engine, in milliseconds: while several read models have something
 * to send, so that none of them waits longer; and longer while one alone fills it, which goes twice as
 * fast, and makes the first who comes after that wait for two of them.
 */
const taskMs = { together: 700, alone: 2_000 };
/** How long the last of the others is waited for. */
const aloneAfterMs = 10_000;

/**
 * How many documents a task carries. It costs the engine as much as 200 to 450 documents besides, the
 * more the larger its index is: with fewer, everybody would only wait longer.
 */
const sizes = { least: 500, first: 1_000, most: 5_000 };

/** A read model with no more than these to send goes before one that fills the engine. */
const few = 100;

/** Decides what is sent at once: as much as the engine, by what it did lately, does in good time. */
export class Portions {
  private readonly sizes = { together: sizes.first, alone: sizes.first };
  private togetherAt = performance.now();
  private fewWereServed = false;
  private turn = 0;
  private readonly served = new Map<string, number>();

  /** Of how many documents to choose: enough that there is a full task for one of several indexes. */
  get choice(): number {
    return 3 * this.sizes[this.company];
  }

  /** How many tasks the engine has at once: one it is at work on, and the next in hand while nobody else waits for it. */
  get mostUnderWay(): number {
    return this.company === "alone" ? 2 : 1;
  }

  private get company(): "together" | "alone" {
    return performance.now() > this.togetherAt + aloneAfterMs ? "alone" : "together";
  }

  /**
   * Few go all at once, each index a task. Of many, those of one index go, of the one whose turn is
   * longest ago: a full task of one takes less than a part of each. In between go the few of those that
   * do not fill the engine, since a task of few takes a tenth of the time.
   */
  of(waiting: WaitingDocument[]): WaitingDocument[] {
    const readModels = Map.groupBy(waiting, (one) =>
      [one.tenantId, one.kind, one.generation].join(" "),
    );
    if (readModels.size > 1) this.togetherAt = performance.now();
    if (waiting.length <= sizes.least) return waiting;
    // Of one that is built beside what is searched, these are a few of many: it has fewer turns.
    const first = [...readModels.values()]
      .filter(({ length, 0: one }) => length <= few && one?.live)
      .flat();
    const someFill = first.length > 0 && first.length < waiting.length;
    this.fewWereServed = someFill && !this.fewWereServed;
    if (this.fewWereServed) return first.slice(0, sizes.least);
    const byIndex = Map.groupBy(waiting, ({ kind, locale, own, tenantId }) =>
      [kind, locale, own ? tenantId : ""].join(" "),
    );
    const lastTurn = (index: string) => this.served.get(index) ?? 0;
    const [next = ""] = [...byIndex.keys()].sort((a, b) => lastTurn(a) - lastTurn(b));
    this.served.set(next, ++this.turn);
    return (byIndex.get(next) ?? []).slice(0, this.sizes[this.company]);
  }

  /** From tasks that have succeeded. Those that the engine did together took the same time. */
  learn(tasks: Task[]): void {
    for (const together of Map.groupBy(tasks, ({ batchUid }) => batchUid).values()) {
      const documents = together.reduce(
        (sum, { details }) => sum + (details?.receivedDocuments ?? 0),
        0,
      );
      // A small one tells nothing of a full one.
      if (documents < this.sizes.together / 2) continue;
      const [{ startedAt, finishedAt } = { startedAt: null, finishedAt: null }] = together;
      const took = Math.max(1, Date.parse(finishedAt ?? "") - Date.parse(startedAt ?? ""));
      for (const company of ["together", "alone"] as const) {
        const fitting = Math.round((documents * taskMs[company]) / took);
        const most = Math.min(sizes.most, 2 * this.sizes[company]);
        this.sizes[company] = Math.max(sizes.least, Math.min(most, fitting));
      }
    }
  }
}
