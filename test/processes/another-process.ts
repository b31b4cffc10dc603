import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { z } from "zod";

export type Order =
  | { what: "claim"; directory: string }
  | { what: "start"; directory: string; settings: Record<string, string> }
  | { what: "stop" };

const Answer = z.object({
  url: z.string().optional(),
  reused: z.boolean().optional(),
  error: z.string().optional(),
});
export type Answer = z.infer<typeof Answer>;

/** Speed for tests whose data need not survive a power cut. */
export const FAST = { fsync: "off", full_page_writes: "off" };

/** A process that works in a folder as a server or a tool does, and can be killed. */
export class AnotherProcess {
  readonly child: ChildProcess;

  constructor(options: { uid?: number; gid?: number; env?: Record<string, string> } = {}) {
    this.child = fork(
      fileURLToPath(import.meta.resolve("./another-process.program.ts")),
      ["start"],
      {
        execArgv: ["--conditions=source"],
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        detached: true,
        ...options,
      },
    );
    onTestFinished(() => void this.child.kill("SIGKILL"));
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error("The process was not started.");
    return this.child.pid;
  }

  async claim(directory: string): Promise<void> {
    await this.#order({ what: "claim", directory });
  }

  async start(directory: string, settings: Record<string, string> = FAST) {
    const { url = "", reused } = await this.#order({ what: "start", directory, settings });
    return { url, reused };
  }

  async stop(): Promise<void> {
    await this.#order({ what: "stop" });
  }

  /** Sends the order without waiting for it to be carried out. */
  begin(order: Order): void {
    this.child.send(order);
  }

  /** Waits until it is gone and all its pipes are closed. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const closed = once(this.child, "close");
    process.kill(-this.pid, signal);
    await closed;
  }

  async #order(order: Order): Promise<Answer> {
    const answered = once(this.child, "message");
    this.child.send(order);
    const answer = Answer.parse((await answered)[0]);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }
}
