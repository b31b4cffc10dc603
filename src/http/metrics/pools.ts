import { Gauge } from "prom-client";
import { watchedPools } from "#kernel/database/pools";
import { metrics } from "#kernel/observability/metrics";

new Gauge({
  name: "rustok_pool_connections",
  help: "Connections to the database by pool and state; waiting: who has none yet, and each of them a request or a job that is held up.",
  labelNames: ["pool", "state"],
  registers: [metrics],
  collect() {
    this.reset();
    for (const [pool, name] of watchedPools()) {
      this.inc({ pool: name, state: "busy" }, pool.totalCount - pool.idleCount);
      this.inc({ pool: name, state: "idle" }, pool.idleCount);
      this.inc({ pool: name, state: "waiting" }, pool.waitingCount);
    }
  },
});

new Gauge({
  name: "rustok_pool_connections_limit",
  help: "The most connections that a pool of this process may have.",
  labelNames: ["pool"],
  registers: [metrics],
  collect() {
    this.reset();
    for (const [pool, name] of watchedPools()) this.inc({ pool: name }, pool.options.max);
  },
});
