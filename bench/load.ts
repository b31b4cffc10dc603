import autocannon from "autocannon";

/** How many requests are under way at once. */
export const connections = 16;

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

/** What every answer must be like. */
export type Fits = (body: string) => boolean;

/** Sends the shots over 16 connections for some seconds. Throws when any answer was not a success, or did not fit. */
export async function load(
  url: string,
  shots: Shot[],
  seconds: number,
  fits?: Fits,
): Promise<Measured> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(fits && { verifyBody: (body) => fits(String(body)) }),
    requests: shots.map(({ path, body, headers }) => ({
      path,
      method: body === undefined ? "GET" : "POST",
      ...(body !== undefined && { body }),
      headers: { "content-type": "application/json", ...headers },
    })),
  });
  const bad = result.non2xx + result.errors + result.timeouts + result.mismatches;
  if (bad > 0) throw new Error(`${bad} of the requests to ${url} failed.`);
  return {
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

/** The same with a function of ours: asks as many at once, each turn the next one. */
export async function askInTurn(
  ask: (turn: number) => Promise<unknown>,
  seconds: number,
): Promise<Measured> {
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  const asker = async (first: number) => {
    for (let turn = first; performance.now() < end; turn += connections) {
      const began = performance.now();
      await ask(turn);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, first) => asker(first)));
  return measured(times, seconds);
}

/** Of times in milliseconds, taken over some seconds. */
export function measured(times: number[], seconds: number): Measured {
  return {
    perSecond: times.length / seconds,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  };
}

export interface Comparison {
  /** Of each: the median round. */
  ours: Measured;
  yardstick: Measured;
  /** Ours to the yardstick's: the median of the rounds' ratios. */
  ratio: number;
  p99Ratio: number;
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
  const ratioOf = (what: keyof Measured) =>
    percentile(
      pairs.map(({ ours, yardstick }) => ours[what] / yardstick[what]),
      50,
    );
  return {
    ours: middle(pairs.map((pair) => pair.ours)),
    yardstick: middle(pairs.map((pair) => pair.yardstick)),
    ratio: ratioOf("perSecond"),
    p99Ratio: ratioOf("p99"),
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

/** For a cell of the table. */
export const describe = ({ perSecond, p50, p99 }: Measured) =>
  `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
