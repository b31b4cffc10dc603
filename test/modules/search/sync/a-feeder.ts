import type { Meilisearch } from "meilisearch";
import type pg from "pg";
import type { ClientBase } from "pg";
import { tasksUnderWay, waitingDocuments } from "../../../../src/modules/search/sync/documents.ts";
import { send } from "../../../../src/modules/search/sync/send.ts";
import { EngineFault, settle } from "../../../../src/modules/search/sync/settle.ts";

class Crashed extends Error {}

/** Feeds the engine as the product does, but takes each step to PostgreSQL or to the engine only when told to. */
export interface Feeder {
  /** Takes the next step; resolves when it has been taken. */
  step(): Promise<void>;
  /** Whether at its last look there was nothing to do. */
  idle(): boolean;
  /** Ends it between two steps. */
  crash(): Promise<void>;
}

export function startFeeder(
  connection: pg.Client,
  engine: Meilisearch,
  alter: (text: string) => string = (text) => text,
): Feeder {
  const turns = new Turns();
  let idle = false;

  const db = {
    async query(given: string | Named, values?: unknown[]) {
      const named = typeof given === "string" ? { text: given, values } : given;
      const text = alter(named.text);
      // The highest task of all tells a restored engine, which is another story.
      if (text.startsWith("update search_engine")) return { rows: [] };
      await turns.mine();
      // A connection may come to know it with and without what is taken out.
      return connection.query(text === named.text ? named : { text, values: named.values });
    },
  } as unknown as ClientBase;

  const client = {
    index(uid: string) {
      const index = engine.index(uid);
      return {
        addDocuments: async (cards: never[]) => (await turns.mine(), index.addDocuments(cards)),
        deleteDocuments: async (ids: string[]) => (await turns.mine(), index.deleteDocuments(ids)),
      };
    },
    tasks: {
      getTasks: async (query: never) => (await turns.mine(), engine.tasks.getTasks(query)),
    },
  } as unknown as Meilisearch;

  /** What the product's loop does, but for its waiting. */
  async function lead(): Promise<void> {
    let under = await tasksUnderWay(db);
    for (;;) {
      under = await settle(db, client, under);
      const waiting = await waitingDocuments(db, 2);
      idle = waiting.length === 0 && under.length === 0;
      const { tasks } = await send(db, { client, prefix: "test" }, indexes, waiting);
      under.push(...tasks);
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      try {
        await lead();
      } catch (error) {
        // Otherwise it starts over.
        if (error instanceof Crashed) return;
        if (!(error instanceof EngineFault)) throw error;
      }
    }
  }

  const running = run();
  void running.catch(() => turns.end());
  return {
    step: () => Promise.race([turns.next(), running]),
    idle: () => idle,
    async crash() {
      turns.crash();
      await running;
    },
  };
}

interface Named {
  name?: string;
  text: string;
  values: unknown[] | undefined;
}

/** The one index there is. */
const indexes = new Map([["test_products_en", { ready: true }]]);

/** Has somebody wait before each step until it is told to take it. */
class Turns {
  private go: () => void = () => {};
  private fall: (error: Error) => void = () => {};
  private arrived = Promise.withResolvers<void>();

  /** Called before a step: the one before has been taken. */
  mine(): Promise<void> {
    this.arrived.resolve();
    return new Promise((resolve, reject) => {
      this.go = resolve;
      this.fall = reject;
    });
  }

  /** Lets the step be taken that is waited with; resolves before the one after it. */
  async next(): Promise<void> {
    await this.arrived.promise;
    this.arrived = Promise.withResolvers();
    this.go();
    await this.arrived.promise;
  }

  crash(): void {
    this.fall(new Crashed());
  }

  end(): void {
    this.arrived.resolve();
  }
}
