import { Alarm } from "#kernel/alarm";

/** The wait before Redis is told again. */
const retryMs = 500;

/**
 * Makes changes known to Redis, one after the other. When one cannot be, nobody knows what Redis holds:
 * from then on `anew` is tried until it succeeds, and stands for all the others.
 */
export class Settling {
  readonly #anew: () => Promise<void>;
  readonly #alarm = new Alarm();
  #waiting: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;
  #stopping = false;

  constructor(anew: () => Promise<void>) {
    this.#anew = anew;
  }

  /** Whether Redis knows of everything. */
  get isSettled(): boolean {
    return this.#running === undefined;
  }

  add(change: () => Promise<void>): void {
    this.#waiting.push(change);
    this.#running ??= this.#run();
  }

  /** Redis did not answer: what it has missed is not known either. */
  addAnew(): void {
    this.#waiting = [];
    this.add(this.#anew);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#alarm.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let next = this.#waiting.shift(); next && !this.#stopping; next = this.#waiting.shift()) {
      try {
        await next();
      } catch {
        this.#waiting = [this.#anew];
        if (!this.#stopping) await this.#alarm.wait(retryMs);
      }
    }
    this.#running = undefined;
  }
}
