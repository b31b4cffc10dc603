import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

export interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string | number>;
  volumes?: string[];
  healthcheck?: { test: string[] };
  deploy?: { replicas: number };
  depends_on?: Record<string, { condition: string }>;
  restart?: string;
  user?: string;
}

/** What `sh ops/make-env.sh > .env` makes. */
export function madeEnvironment(): Record<string, string> {
  const printed = execFileSync("sh", ["ops/make-env.sh"], { encoding: "utf8" });
  const lines = printed.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

export const composeText = (): string => readFileSync("docker-compose.yml", "utf8");

/** The services, with the variables of the environment put in as Compose does. */
export function services(env: Record<string, string>): Record<string, Service> {
  const file = parse(composeText(), { merge: true }) as { services: Record<string, Service> };
  return JSON.parse(JSON.stringify(file.services), (_, value: unknown) =>
    typeof value === "string" ? interpolated(value, env) : value,
  ) as Record<string, Service>;
}

/** `${NAME}`, `${NAME:-what else}` and `${NAME:?why it must be there}`. */
const interpolated = (text: string, env: Record<string, string>): string =>
  text.replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, operator: string | undefined, word: string | undefined) => {
      const value = env[name];
      if (value) return value;
      if (operator === "?") throw new Error(`${name} is required: ${word}`);
      return word ?? "";
    },
  );
