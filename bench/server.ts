import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

/** A RusTok server as its users run it: its own process, from the build. */
export interface BenchServer {
  url: string;
  /** From the command to "ready", in milliseconds. */
  tookMs: number;
  /** The administrator's password, at a first start. */
  password: string | undefined;
  /** Resident memory of the process, in MB. */
  residentMb(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts `node dist/src/cli.js start` and resolves when its start page says that it is ready. */
export async function startServer(
  port: number,
  environment: Record<string, string>,
  role = "all",
): Promise<BenchServer> {
  const began = performance.now();
  const child = spawn(process.execPath, ["dist/src/cli.js", "start", `--role=${role}`], {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const page = await startPage(child);
  return {
    url: `http://127.0.0.1:${port}`,
    tookMs: performance.now() - began,
    password: /Password\s+(\S+)/.exec(page)?.[1],
    residentMb: () => residentMb(child.pid ?? 0),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function startPage(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("The server has no output.");
  let page = "";
  for await (const line of createInterface({ input: child.stdout })) {
    page += `${line}\n`;
    if (line.includes("Ctrl-C stops it")) return page;
  }
  throw new Error(`The server ended before it was ready:\n${page}`);
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

/** The administrator's token. */
export async function signIn(url: string, password: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "admin@demo.example", password }),
  });
  return ((await response.json()) as { accessToken: string }).accessToken;
}

/** A program of ours as a process of its own, once it has said "ready". */
export async function startYardstick(program: string, args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", program, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout) await once(child.stdout, "data");
  return child;
}
