/** Leave to send one request. */
export interface Turn {
  /** Says how it went, if it was made use of: while an endpoint fails, it is asked one thing at a time. */
  end(succeeded: boolean | undefined): void;
}

export interface Turns {
  /** Leave to ask the endpoint now or within a second; null when it is too busy with what it was asked already. */
  take(endpointId: string, tenantId: string): Promise<Turn | null>;
}

/** How many deliveries one worker attempts at a time. */
export const slots = 32;
/** How many of them one endpoint may take, one that has just failed, and one tenant. */
const most = { endpoint: 8, failing: 1, tenant: 16 };
/** An answer that takes longer makes others wait no more. */
const patienceMs = 1_000;

/** A request that is under way; since when, by `performance.now()`. */
interface UnderWay {
  since: number;
}

interface Waiting {
  endpointId: string;
  tenantId: string;
  resolve(turn: Turn | null): void;
}

/**
 * Shares out the slots of one worker: an endpoint that hangs holds a few of them, and none of what waits
 * for it holds another for longer than a second.
 */
export function openTurns(): Turns {
  const byEndpoint = new Map<string, Set<UnderWay>>();
  const byTenant = new Map<string, Set<UnderWay>>();
  const failing = new Set<string>();
  const waiting: Waiting[] = [];

  const underWay = (map: Map<string, Set<UnderWay>>, id: string) =>
    map.get(id) ?? new Set<UnderWay>();
  const limitOf = (endpointId: string) => (failing.has(endpointId) ? most.failing : most.endpoint);

  /** Those that are in the way; none when there is room. */
  function inTheWay({
    endpointId,
    tenantId,
  }: Pick<Waiting, "endpointId" | "tenantId">): UnderWay[] {
    const ofEndpoint = underWay(byEndpoint, endpointId);
    if (ofEndpoint.size >= limitOf(endpointId)) return [...ofEndpoint];
    const ofTenant = underWay(byTenant, tenantId);
    return ofTenant.size >= most.tenant ? [...ofTenant] : [];
  }

  function begin(endpointId: string, tenantId: string): Turn {
    const mark = { since: performance.now() };
    add(byEndpoint, endpointId, mark);
    add(byTenant, tenantId, mark);
    return {
      end(succeeded) {
        remove(byEndpoint, endpointId, mark);
        remove(byTenant, tenantId, mark);
        if (succeeded) failing.delete(endpointId);
        if (succeeded === false) failing.add(endpointId);
        next();
      },
    };
  }

  function next(): void {
    for (const one of waiting.slice()) {
      if (inTheWay(one).length > 0) continue;
      waiting.splice(waiting.indexOf(one), 1);
      one.resolve(begin(one.endpointId, one.tenantId));
    }
  }

  return {
    take(endpointId, tenantId) {
      const before = inTheWay({ endpointId, tenantId });
      if (before.length === 0) return Promise.resolve(begin(endpointId, tenantId));
      const leftMs = Math.min(...before.map(({ since }) => since)) + patienceMs - performance.now();
      if (leftMs <= 0 || failing.has(endpointId)) return Promise.resolve(null);
      return new Promise((resolve) => {
        const giveUp = setTimeout(() => {
          waiting.splice(waiting.indexOf(mine), 1);
          resolve(null);
        }, leftMs);
        const mine = {
          endpointId,
          tenantId,
          resolve(turn: Turn | null) {
            clearTimeout(giveUp);
            resolve(turn);
          },
        };
        waiting.push(mine);
      });
    },
  };
}

function add(map: Map<string, Set<UnderWay>>, id: string, mark: UnderWay): void {
  const known = map.get(id) ?? new Set();
  map.set(id, known.add(mark));
}

function remove(map: Map<string, Set<UnderWay>>, id: string, mark: UnderWay): void {
  const known = map.get(id);
  known?.delete(mark);
  if (known?.size === 0) map.delete(id);
}
