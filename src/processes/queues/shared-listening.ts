import { EventEmitter } from "node:events";
import type { PgPool, PgPoolClient, PgQueryResult } from "bullmq";
import type pg from "pg";

/**
 * A pool for BullMQ of which one connection listens for all workers of the process. Left to itself each
 * worker holds a connection to listen on, and each job that is put on any queue wakes all of them.
 */
export class SharedListening implements PgPool {
  /** By these BullMQ knows that a connection which is gone is noticed. */
  readonly options: pg.PoolOptions;
  readonly #pool: pg.Pool;
  readonly #ears = new Set<Ear>();
  readonly #channels = new Map<string, Promise<unknown>>();
  #held: Promise<pg.PoolClient> | undefined;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    this.options = pool.options;
  }

  async query<R>(text: string, params: readonly unknown[] = []): Promise<PgQueryResult<R>> {
    const { rows, rowCount } = await this.#pool.query(text, [...params]);
    return { rows: rows as R[], rowCount };
  }

  async connect(): Promise<PgPoolClient> {
    return new Ear(this);
  }

  on(event: string, listener: (about: never) => void): this {
    this.#pool.on(event as "error", listener as (error: Error) => void);
    return this;
  }

  removeAllListeners(): this {
    return this;
  }

  /** Has the ear hear what is said on the channel, until it is forgotten. */
  async hear(ear: Ear, channel: string): Promise<void> {
    this.#ears.add(ear);
    this.#held ??= this.#hold();
    const client = await this.#held;
    const listening = this.#channels.get(channel) ?? client.query(`listen ${channel}`);
    this.#channels.set(channel, listening);
    await listening;
  }

  forget(ear: Ear): void {
    this.#ears.delete(ear);
  }

  /** Listens no more; whoever made the pool ends that. */
  async end(): Promise<void> {
    this.#ears.clear();
    const client = await this.#held?.catch(() => undefined);
    if (this.#held) client?.release(true);
    this.#held = undefined;
  }

  #hold(): Promise<pg.PoolClient> {
    this.#channels.clear();
    const held = this.#pool.connect();
    held.then(
      (client) => {
        client.on("notification", (message) => {
          for (const ear of this.#ears) ear.emit("notification", message);
        });
        client.once("error", (error) => this.#lose(client, error));
      },
      () => (this.#held = undefined),
    );
    return held;
  }

  /** Whoever listened is told, and listens anew. */
  #lose(client: pg.PoolClient, error: Error): void {
    this.#held = undefined;
    client.release(error);
    const ears = [...this.#ears];
    this.#ears.clear();
    for (const ear of ears) ear.emit("error", error);
  }
}

/** What a worker takes for a connection of its own. */
class Ear extends EventEmitter implements PgPoolClient {
  readonly #shared: SharedListening;

  constructor(shared: SharedListening) {
    super();
    this.#shared = shared;
  }

  async query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    const channel = /^listen (\w+)/im.exec(text)?.[1];
    if (channel !== undefined) await this.#shared.hear(this, channel);
    // A worker would give it its own name: it is everybody's.
    const isNaming = text.includes("set_config('application_name'");
    return channel === undefined && !isNaming ? this.#shared.query(text, params) : { rows: [] };
  }

  release(): void {
    this.#shared.forget(this);
  }
}
