import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll } from "vitest";
import { stopPostmaster } from "#processes/postgres/postmaster";

/** RusTok as its users run it: built, in a process of its own, with a folder of its own. */
export interface Installed {
  home: string;
  url: string;
  /** Starts the server and resolves with its start page. */
  start(): Promise<string>;
  /** Resolves when the process is gone, whatever signal it was sent. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null>;
  /** Everything the server has said on standard error. */
  complaints(): string;
}

let built = false;

/** A new folder and a port; nothing runs yet. Whatever runs is gone at the end of the file. */
export async function install(): Promise<Installed> {
  if (!built) execFileSync("npm", ["run", "--silent", "build"]);
  built = true;
  const home = await mkdtemp(join(tmpdir(), "rustok-journey-"));
  await chmod(home, 0o711);
  const port = await freePort();
  let child: ChildProcess | undefined;
  let said = "";

  const end: Installed["end"] = async (signal) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const gone = once(child, "exit") as Promise<[number | null]>;
    child.kill(signal);
    return (await gone)[0];
  };
  afterAll(async () => {
    await end("SIGKILL");
    await stopPostmaster(join(home, "postgres", "data"));
    await rm(home, { recursive: true });
  });

  return {
    home,
    url: `http://127.0.0.1:${port}`,
    end,
    complaints: () => said,
    async start() {
      const env = {
        ...process.env,
        NODE_ENV: "development",
        RUSTOK_HOME: home,
        PORT: String(port),
        DATABASE_URL: "",
      };
      child = spawn("node_modules/.bin/node", ["dist/src/cli.js", "start"], {
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
      let page = "";
      if (child.stdout) {
        for await (const line of createInterface({ input: child.stdout })) {
          page += `${line}\n`;
          if (line.includes("Ctrl-C stops it")) return page;
        }
      }
      throw new Error(`The server ended before it was ready:\n${page}\n${said}`);
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}
