import autocannon from "autocannon";

/** One request of a load; a round goes through all of them again and again. */
export interface Shot {
  path: string;
  body?: string;
  headers?: Record<string, string>;
}

export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** Sends the shots over 16 connections for some seconds. Throws when any answer was not a success. */
export async function load(url: string, shots: Shot[], seconds: number): Promise<Measured> {
  const result = await autocannon({
    url,
    connections: 16,
    duration: seconds,
    requests: shots.map(({ path, body, headers }) => ({
      path,
      method: body === undefined ? "GET" : "POST",
      ...(body !== undefined && { body }),
      headers: { "content-type": "application/json", ...headers },
    })),
  });
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0) throw new Error(`${bad} of the requests to ${url} failed.`);
  return {
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

export interface Comparison {
  /** Of each: the median round. */
  ours: Measured;
  yardstick: Measured;
  /** Requests per second, ours to the yardstick's: the median of the rounds' ratios. */
  ratio: number;
}

/** Ours and the yardstick in turn, so that a machine that slows down slows both. */
export async function compare(
  ours: () => Promise<Measured>,
  yardstick: () => Promise<Measured>,
  rounds = 3,
): Promise<Comparison> {
  await ours();
  await yardstick();
  const pairs: { ours: Measured; yardstick: Measured }[] = [];
  for (let round = 0; round < rounds; round++) {
    pairs.push({ ours: await ours(), yardstick: await yardstick() });
  }
  return {
    ours: middle(pairs.map((pair) => pair.ours)),
    yardstick: middle(pairs.map((pair) => pair.yardstick)),
    ratio: percentile(
      pairs.map((pair) => pair.ours.perSecond / pair.yardstick.perSecond),
      50,
    ),
  };
}

function middle(rounds: Measured[]): Measured {
  const sorted = rounds.toSorted((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)] ?? { perSecond: 0, p50: 0, p99: 0 };
}

/** The nearest-rank percentile. */
export function percentile(values: number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? 0;
}
