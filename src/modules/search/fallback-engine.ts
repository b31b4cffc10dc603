import type { Logger } from "pino";
import type { Tenant } from "#kernel/context";
import { DomainError } from "#kernel/errors";
import { counter } from "#kernel/observability/metrics";
import type { SearchEngine } from "./engine.ts";
import type { RememberedPlaces } from "./place.ts";

const fallbacks = counter(
  "search_fallbacks",
  "Searches that PostgreSQL answered in the place of the chosen engine, by why.",
  ["reason"],
);

/** After a fault the engine is left alone for this long, doubled each time up to the longest. */
const restMs = { first: 500, longest: 10_000 };

/**
 * Asks the chosen engine, and PostgreSQL where that cannot answer: it is down, slow, full, or its index
 * does not hold everything yet. The answer says so. An engine that failed is not waited for again by
 * every search: one at a time tries it.
 */
export function fallingBack(options: {
  chosen: SearchEngine;
  postgres: SearchEngine;
  places: RememberedPlaces;
  log: Logger;
}): SearchEngine {
  const { chosen, postgres, places, log } = options;
  const rest = new Rest();

  async function ask<Search extends { locale: string }, Found extends { degraded: boolean }>(
    kinds: ("product" | "node")[],
    search: Search,
    tenant: Tenant,
    on: (engine: SearchEngine) => Promise<Found>,
  ): Promise<Found> {
    let reason: "yes" | "resting" | "not ready" = rest.mayAsk();
    if (reason === "yes") {
      // After a fault the engine may be another: an index that was ready may have been made anew.
      if (rest.isTrying) places.forget();
      const wanted = await Promise.all(kinds.map((kind) => places.of(tenant, kind, search.locale)));
      if (wanted.some(({ ready }) => !ready)) {
        reason = "not ready";
        rest.release();
      }
    }
    if (reason === "yes") {
      try {
        const found = await on(chosen);
        if (rest.over()) log.info("the search engine answers again");
        return found;
      } catch (error) {
        // A fault of the caller's is one on either engine.
        if (error instanceof DomainError) {
          rest.release();
          throw error;
        }
        if (rest.begin()) {
          log.warn(
            { err: error },
            "the search engine does not answer; PostgreSQL does in its place",
          );
        }
      }
    }
    fallbacks.inc({ reason: reason === "yes" ? "failed" : reason });
    return { ...(await on(postgres)), degraded: true };
  }

  return {
    searchProducts: (tenant, search) =>
      ask(["product"], search, tenant, (engine) => engine.searchProducts(tenant, search)),
    searchContent: (tenant, search) =>
      ask(["node"], search, tenant, (engine) => engine.searchContent(tenant, search)),
    searchAll: (tenant, search) =>
      ask(["product", "node"], search, tenant, (engine) => engine.searchAll(tenant, search)),
  };
}

/** Whom to ask after a fault: nobody for a while, then one search, then all if that went well. */
class Rest {
  private until = -Infinity;
  private ms = 0;
  private trying = false;

  /** Whether the one that may ask tries it after a fault. */
  get isTrying(): boolean {
    return this.trying;
  }

  mayAsk(): "yes" | "resting" {
    if (this.ms === 0) return "yes";
    if (this.trying || performance.now() < this.until) return "resting";
    this.trying = true;
    return "yes";
  }

  /** Answers whether it is the first fault. */
  begin(): boolean {
    const first = this.ms === 0;
    this.ms = first ? restMs.first : Math.min(this.ms * 2, restMs.longest);
    this.until = performance.now() + this.ms;
    this.trying = false;
    return first;
  }

  /** The one that tried it found nothing out. */
  release(): void {
    this.trying = false;
  }

  /** Answers whether there had been a fault. */
  over(): boolean {
    const rested = this.ms > 0;
    this.ms = 0;
    this.trying = false;
    return rested;
  }
}
