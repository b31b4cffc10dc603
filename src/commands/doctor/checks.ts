import type { Check } from "./checkup.ts";
import * as database from "./database.ts";
import { meilisearch } from "./meilisearch.ts";
import { redis } from "./redis.ts";
import { disk, mail, node, secrets } from "./surroundings.ts";

/** Everything `rustok doctor` looks at, in the order in which it says so. */
export const checks: Check[] = [
  node,
  secrets,
  disk,
  database.server,
  database.clock,
  database.connections,
  database.rights,
  database.extensions,
  database.migrations,
  database.policies,
  redis,
  meilisearch,
  mail,
];
