import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterwards } from "./afterwards.ts";
import { build } from "./build.ts";
import { leash } from "./leash.ts";
import { stopPostmaster } from "#processes/postgres/postmaster";

/** RusTok as its users run it: built, in processes of its own, with a folder of its own. */
export interface Installed {
  home: string;
  url: string;
  /** Starts the server, or one role of it, and resolves with its start page. */
  start(role?: Role): Promise<string>;
  /** Resolves when the process is gone, whatever signal it was sent. */
  end(signal: "SIGKILL" | "SIGTERM", role?: Role): Promise<number | null>;
  /** Sends the process a signal, and waits for nothing. */
  signal(signal: NodeJS.Signals, role?: Role): void;
  /** Runs a command beside the server. */
  command(...words: string[]): Command;
  /** Everything the server has said on standard error. */
  complaints(): string;
}

export type Role = "all" | "web" | "worker" | "relay";

export interface Command {
  /** Resolves with its exit code, or with null if it was killed. */
  ended: Promise<number | null>;
  /** Everything it has said. */
  said(): string;
  kill(): void;
}

/**
 * A new folder and a port; nothing runs yet. Whatever runs is gone at the end of the file.
 * `env` is for every process, besides what this one was given.
 */
export async function install({ env = {} }: { env?: NodeJS.ProcessEnv } = {}): Promise<Installed> {
  await build();
  const home = await mkdtemp(join(tmpdir(), "rustok-journey-"));
  await chmod(home, 0o711);
  const port = await freePort();
  const servers = new Map<Role, ChildProcess>();
  const commands = new Set<ChildProcess>();
  let said = "";

  const run = (words: string[]): ChildProcess => {
    const child = spawn("node_modules/.bin/node", ["dist/src/rustok.js", ...words], {
      env: {
        ...process.env,
        NODE_ENV: "development",
        RUSTOK_HOME: home,
        PORT: String(port),
        DATABASE_URL: "",
        // All of a journey's requests come from one address, and most are about one tenant.
        RATE_LIMIT_ADDRESS: "0",
        RATE_LIMIT_TENANT: "0",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    leash(child);
    return child;
  };
  const end: Installed["end"] = async (signal, role = "all") => {
    const server = servers.get(role);
    if (!server || server.exitCode !== null || server.signalCode !== null) return null;
    const gone = once(server, "exit") as Promise<[number | null]>;
    server.kill(signal);
    return (await gone)[0];
  };
  afterwards(async () => {
    for (const child of commands) child.kill("SIGKILL");
    for (const role of servers.keys()) await end("SIGKILL", role);
    await stopPostmaster(join(home, "postgres", "data"));
    await rm(home, { recursive: true });
  });

  return {
    home,
    url: `http://127.0.0.1:${port}`,
    end,
    signal: (signal, role = "all") => void servers.get(role)?.kill(signal),
    complaints: () => said,
    async start(role = "all") {
      const server = run(["start", `--role=${role}`]);
      servers.set(role, server);
      server.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
      return readyPage(server, () => said);
    },
    command(...words) {
      const child = run(words);
      commands.add(child);
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
      }
      return {
        ended: once(child, "exit").then(([code]: (number | null)[]) => code ?? null),
        said: () => output,
        kill: () => child.kill("SIGKILL"),
      };
    },
  };
}

/** Goes on reading: a server whose output nobody takes would be held up. */
function readyPage(server: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let page = "";
    const lines = createInterface({ input: server.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => {
      page += `${line}\n`;
      if (line.includes("Ctrl-C stops it")) resolve(page);
    });
    lines.on("close", () =>
      reject(new Error(`The server ended before it was ready:\n${page}\n${said()}`)),
    );
  });
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}
