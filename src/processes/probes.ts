import { createProbes } from "#http/health/probes";
import type { Watched } from "#http/server";
import { listen, type Listening } from "./listen.ts";

/**
 * Answers health and metrics of a process without the role `web`.
 * @throws AddressNotUsable
 */
export const startProbes = (
  watched: Watched,
  at: { host: string; port: number },
): Promise<Listening> =>
  listen(createProbes(watched).callback(), { ...at, setting: "METRICS_PORT" });
