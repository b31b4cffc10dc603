import { LRUCache } from "lru-cache";
import type { Tenant } from "#kernel/context";
import type { TenantName } from "./names.ts";

/** How much is remembered of names that are found and of names that are nobody's, and for how long. */
export interface Limits {
  /** Of each kind. */
  capacity: number;
  ttlMs: { found: number; none: number };
}

/** What one process remembers of tenants. Bounded: whoever asks for made-up names drives out made-up names alone. */
export class RememberedTenants {
  readonly #found: LRUCache<TenantName, Tenant>;
  readonly #none: LRUCache<TenantName, true>;
  readonly #ttlMs: Limits["ttlMs"];

  constructor({ capacity, ttlMs }: Limits) {
    this.#found = new LRUCache({ max: capacity, ttl: ttlMs.found });
    this.#none = new LRUCache({ max: capacity, ttl: ttlMs.none });
    this.#ttlMs = ttlMs;
  }

  /** Undefined when nothing is known. */
  get(name: TenantName): Tenant | null | undefined {
    return this.#found.get(name) ?? (this.#none.has(name) ? null : undefined);
  }

  /** For as long as its kind is, or less. */
  set(name: TenantName, tenant: Tenant | null, atMostMs: number): void {
    if (atMostMs <= 0) return;
    if (tenant) this.#found.set(name, tenant, { ttl: Math.min(atMostMs, this.#ttlMs.found) });
    else this.#none.set(name, true, { ttl: Math.min(atMostMs, this.#ttlMs.none) });
  }

  forget(names: TenantName[]): void {
    for (const name of names) {
      this.#found.delete(name);
      this.#none.delete(name);
    }
  }

  clear(): void {
    this.#found.clear();
    this.#none.clear();
  }

  /** How many names are remembered. */
  get size(): { found: number; none: number } {
    return { found: this.#found.size, none: this.#none.size };
  }
}
