import type { SharedTenants } from "./shared.ts";

const nothing = { hits: 0, negativeHits: 0, misses: 0, lookups: 0 };

/** Of requests for a tenant by name: found without the database, known to be nobody's, and neither; then what the database was asked. */
export type TenantCounts = typeof nothing;

/** How often a process adds its own counts to those of all. */
const flushMs = 1_000;

/** Counts for this process, or, where they share a Redis, for all processes together. */
export class Counts {
  readonly #shared: SharedTenants | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  /** Not yet in the sums. */
  #own = { ...nothing };
  #sums = { ...nothing };

  constructor(shared: SharedTenants | undefined) {
    this.#shared = shared;
    if (!shared) return;
    this.#timer = setInterval(() => {
      if (Object.values(this.#own).some((count) => count > 0)) void this.#flush();
    }, flushMs).unref();
  }

  add(name: keyof TenantCounts): void {
    this.#own[name] += 1;
  }

  /** As they are now; while Redis does not answer, as they were then, with what this process has counted since. */
  async read(): Promise<TenantCounts> {
    await this.#flush();
    return sum(this.#sums, this.#own);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    if (!this.#shared) return;
    const more = this.#own;
    this.#own = { ...nothing };
    try {
      this.#sums = await this.#shared.count(more);
    } catch {
      this.#own = sum(this.#own, more);
    }
  }
}

function sum(one: TenantCounts, other: TenantCounts): TenantCounts {
  return {
    hits: one.hits + other.hits,
    negativeHits: one.negativeHits + other.negativeHits,
    misses: one.misses + other.misses,
    lookups: one.lookups + other.lookups,
  };
}
