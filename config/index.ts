import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ipaddr from "ipaddr.js";
import proxyAddr from "proxy-addr";
import { z } from "zod";

const flag = z.stringbool();
const count = z.coerce.number().int().positive();
const redisUrl = z.url({ protocol: /^rediss?$/, error: "must be a redis:// or rediss:// URL" });
const perMinute = z.coerce.number().int().min(0).max(1_000_000_000);

/** Names with commas between. */
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ""),
);

const isRange = (text: string) => ipaddr.isValidCIDR(text);

const isOrigin = (text: string) => /^https?:/.test(text) && URL.parse(text)?.origin === text;

function isProxy(text: string): boolean {
  try {
    proxyAddr.compile(text);
    return true;
  } catch {
    return false;
  }
}

/** Each entry must pass; those that do not are named. */
const listOf = (passes: (entry: string) => boolean, error: string) =>
  list.superRefine((entries, issue) => {
    const wrong = entries.filter((entry) => !passes(entry));
    if (wrong.length > 0) {
      issue.addIssue({ code: "custom", message: `${wrong.join(", ")}: must be ${error}` });
    }
  });

/** As OpenTelemetry writes headers: `key=value,other=value`, values percent-encoded. */
const pairs = z.string().transform((text, issue) => {
  const entries = text.split(",").map((pair) => /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair));
  if (entries.every((entry) => entry !== null)) {
    return Object.fromEntries(entries.map(([, key, value]) => [key, unescaped(value ?? "")]));
  }
  issue.addIssue({ code: "custom", message: "must be key=value, with commas between" });
  return z.NEVER;
});

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Everything the environment may say, with what holds where it is silent. */
export const environment = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  RUSTOK_HOME: z.string().min(1).default(".rustok"),
  RUSTOK_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" })
    .optional(),
  DATABASE_OWNER_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" })
    .optional(),
  DATABASE_POOL_SIZE: count.default(10),
  RUSTOK_REDIS_URL: redisUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  RUSTOK_BASE_DOMAIN: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
      "must be a host name in lower case",
    )
    .optional(),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  TRUST_PROXY: listOf(
    isProxy,
    "an address, a CIDR, or one of loopback, linklocal, uniquelocal",
  ).default([]),
  CORS_ORIGINS: listOf(isOrigin, "an origin such as https://shop.example").default([]),
  RATE_LIMIT_ADDRESS: perMinute.default(6_000),
  RATE_LIMIT_TENANT: perMinute.default(60_000),
  WORKER_CONCURRENCY: count.default(2),
  MEILISEARCH_HOST: z
    .url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" })
    .optional(),
  MEILISEARCH_PUBLIC_HOST: z
    .url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" })
    .optional(),
  MEILISEARCH_API_KEY: z.string().min(1).optional(),
  MEILISEARCH_SEARCH_KEY: z.string().min(16, "must have at least 16 characters").optional(),
  MEILISEARCH_SEARCH_KEY_UID: z.uuid("must be the UUID of MEILISEARCH_SEARCH_KEY").optional(),
  MEILISEARCH_INDEX_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "must be 1 to 40 lower-case letters, digits or hyphens")
    .default("rustok"),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// URL" }).optional(),
  MAIL_FROM: z.email("must be an e-mail address").optional(),
  FRESHNESS_OBJECTIVE_MS: count.default(5_000),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  AUDIT_DAYS: count.default(365),
  WEBHOOK_DAYS: count.default(30),
  WEBHOOK_HTTP: flag.optional(),
  WEBHOOK_ALLOWED_RANGES: listOf(isRange, "a CIDR such as 10.0.0.0/8 or fd00::/8").default([]),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" })
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: pairs.default({}),
  OTEL_SERVICE_NAME: z.string().min(1).default("rustok"),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  RUSTOK_GRAPHIQL: flag.optional(),
  RUSTOK_INTROSPECTION: flag.optional(),
});

export interface Config {
  production: boolean;
  /** Absolute path of the folder that keeps the embedded database and generated secrets. */
  home: string;
  /** Signs the tokens of people who have signed in. */
  secret: string;
  /** Absent: the embedded PostgreSQL in `home`. `ownerUrl` migrates, `url` serves. */
  database: { url: string | undefined; ownerUrl: string | undefined; poolSize: number };
  /** What processes share of their caches; absent: each has its own. */
  redisUrl: string | undefined;
  /** Every tenant's slug is a host below it; absent: tenants have their own domains alone. */
  baseDomain: string | undefined;
  http: HttpConfig;
  worker: { concurrency: number };
  /** Absent: PostgreSQL searches. */
  meilisearch: MeilisearchConfig | undefined;
  mail: {
    /** Absent: mails go into a folder in `home`, and in production nowhere. */
    smtpUrl: string | undefined;
    /** The address that mails are from. */
    from: string;
  };
  /** How long a change may take to be seen before readiness turns degraded, in milliseconds. */
  freshnessObjectiveMs: number;
  /** Where a process without the role `web` answers health and metrics; absent: nowhere. 0: any free port. */
  metricsPort: number | undefined;
  /** Who shows it may read /metrics; in production nobody may without one. */
  metricsToken: string | undefined;
  /** How long the audit log is kept, in days. */
  auditDays: number;
  webhooks: {
    /** Whether they may be sent without encryption; in production not unless it is said so. */
    allowHttp: boolean;
    /** CIDRs that they may be sent to besides the public internet. */
    allowedRanges: string[];
    /** How long their log is kept, in days. */
    keptDays: number;
  };
  logLevel: string;
  /** Absent: nothing is traced. */
  tracing: TracingConfig | undefined;
}

/** OpenTelemetry's own variables mean what they mean everywhere. */
export interface TracingConfig {
  /** Base address of the collector, which takes OTLP over HTTP. */
  endpoint: string;
  /** Sent along, such as a token. */
  headers: Record<string, string>;
  serviceName: string;
  /** Of the traces that begin here, the share that is kept, from 0 to 1. */
  ratio: number;
}

export interface HttpConfig {
  host: string;
  port: number;
  graphiql: boolean;
  /** Whether the GraphQL schema may be asked for, and errors may suggest names from it. */
  introspection: boolean;
  /** Addresses, CIDRs and names of ranges whose `X-Forwarded-*` headers are believed. */
  trustedProxies: string[];
  /** Where pages may come from that call the API from a browser; its own origin may in any case. */
  corsOrigins: string[];
  /** How many requests a minute; 0: as many as they like. */
  requestsPerMinute: { address: number; tenant: number };
}

export interface MeilisearchConfig {
  host: string;
  /** Where browsers reach it. */
  publicHost: string;
  /** Of a key that may do all with the indexes of the prefix, and nothing else; never the master key. */
  apiKey: string | undefined;
  /** Signs the tokens of browsers: a key that may only search. Absent: there are no such tokens. */
  searchKey: { key: string; uid: string } | undefined;
  /** What the names of its indexes begin with. */
  indexPrefix: string;
  /** How long it may lack a change before PostgreSQL answers in its place, in milliseconds. */
  behindMs: number;
}

/** The environment is not one that RusTok can run in; the message lists every fault. */
export class ConfigError extends Error {
  override name = "ConfigError";

  /** Each begins with the variable's name. */
  get faults(): string[] {
    return this.message.split("\n  ").slice(1);
  }
}

/** Reads the environment once, at start. Throws {@link ConfigError} with all faults in one message. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const { data, error } = environment.safeParse(given);
  const faults = (error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  if (!given["MEILISEARCH_SEARCH_KEY"] !== !given["MEILISEARCH_SEARCH_KEY_UID"]) {
    faults.push("MEILISEARCH_SEARCH_KEY and MEILISEARCH_SEARCH_KEY_UID: give both or neither");
  }
  if (given["NODE_ENV"] === "production") {
    faults.push(...missingInProduction(given));
  }
  if (given["SMTP_URL"] && !given["MAIL_FROM"]) {
    faults.push("MAIL_FROM: is required with SMTP_URL");
  }
  if (faults.length > 0 || !data) {
    throw new ConfigError(
      `The environment has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:\n` +
        faults.map((fault) => `  ${fault}`).join("\n"),
    );
  }

  const production = data.NODE_ENV === "production";
  const home = resolve(data.RUSTOK_HOME);
  return {
    production,
    home,
    secret: data.RUSTOK_SECRET ?? keptSecret(home),
    database: {
      url: data.DATABASE_URL,
      ownerUrl: data.DATABASE_OWNER_URL ?? data.DATABASE_URL,
      poolSize: data.DATABASE_POOL_SIZE,
    },
    redisUrl: data.RUSTOK_REDIS_URL ?? data.REDIS_URL,
    baseDomain: data.RUSTOK_BASE_DOMAIN,
    http: {
      host: data.HOST,
      port: data.PORT,
      graphiql: data.RUSTOK_GRAPHIQL ?? !production,
      introspection: data.RUSTOK_INTROSPECTION ?? !production,
      trustedProxies: data.TRUST_PROXY,
      corsOrigins: data.CORS_ORIGINS,
      requestsPerMinute: { address: data.RATE_LIMIT_ADDRESS, tenant: data.RATE_LIMIT_TENANT },
    },
    worker: { concurrency: data.WORKER_CONCURRENCY },
    meilisearch: meilisearchOf(data),
    mail: { smtpUrl: data.SMTP_URL, from: data.MAIL_FROM ?? "rustok@localhost" },
    freshnessObjectiveMs: data.FRESHNESS_OBJECTIVE_MS,
    metricsPort: data.METRICS_PORT,
    metricsToken: data.METRICS_TOKEN,
    auditDays: data.AUDIT_DAYS,
    webhooks: {
      allowHttp: data.WEBHOOK_HTTP ?? !production,
      allowedRanges: data.WEBHOOK_ALLOWED_RANGES,
      keptDays: data.WEBHOOK_DAYS,
    },
    logLevel: data.LOG_LEVEL ?? (production ? "info" : "warn"),
    tracing: data.OTEL_EXPORTER_OTLP_ENDPOINT
      ? {
          endpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT,
          headers: data.OTEL_EXPORTER_OTLP_HEADERS,
          serviceName: data.OTEL_SERVICE_NAME,
          ratio: data.OTEL_TRACES_SAMPLER_ARG,
        }
      : undefined,
  };
}

function meilisearchOf(data: z.infer<typeof environment>): MeilisearchConfig | undefined {
  if (!data.MEILISEARCH_HOST) return undefined;
  const { MEILISEARCH_SEARCH_KEY: key, MEILISEARCH_SEARCH_KEY_UID: uid } = data;
  return {
    host: data.MEILISEARCH_HOST,
    publicHost: data.MEILISEARCH_PUBLIC_HOST ?? data.MEILISEARCH_HOST,
    apiKey: data.MEILISEARCH_API_KEY,
    searchKey: key && uid ? { key, uid } : undefined,
    indexPrefix: data.MEILISEARCH_INDEX_PREFIX,
    behindMs: data.FRESHNESS_OBJECTIVE_MS,
  };
}

/** Secrets that examples and habits put in place of a real one. */
const wellKnown = /^(change[-_ ]?me|secret|default|password|example|test|development)/i;

function missingInProduction(env: NodeJS.ProcessEnv): string[] {
  const secret = env["RUSTOK_SECRET"];
  if (!secret) return ["RUSTOK_SECRET: is required with NODE_ENV=production"];
  return wellKnown.test(secret) || new Set(secret).size < 8
    ? ["RUSTOK_SECRET: looks like a default; use a random one, such as `openssl rand -base64 48`"]
    : [];
}

/** Development's secret: made once, so that a restart keeps everybody signed in. */
function keptSecret(home: string): string {
  const file = join(home, "secret");
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true });
    try {
      writeFileSync(file, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return readFileSync(file, "utf8").trim();
}
