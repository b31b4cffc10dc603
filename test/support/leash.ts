import { type ChildProcess, spawn } from "node:child_process";

/** Ends the process when this one is gone, however that ended. */
export function leash(server: ChildProcess): void {
  const watch = spawn("sh", ["-c", 'cat; kill -9 "$0"', String(server.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  server.once("exit", () => watch.kill("SIGKILL"));
  watch.unref();
  (watch.stdin as unknown as { unref(): void }).unref();
}
