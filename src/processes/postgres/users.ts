import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isRunning, readHolder, tryHold, type Release } from "../held-file.ts";

/** Notes in the folder that this process uses the database, until it leaves or ends. */
export async function enter(folder: string): Promise<Release> {
  const seat = await tryHold(join(folder, `${process.pid}-${randomBytes(4).toString("hex")}`));
  if ("holder" in seat) throw new Error(`A random name came up twice in ${folder}.`);
  return seat.release;
}

/** Whether any process uses the database. Forgets the ones that have ended. */
export async function isUsed(folder: string): Promise<boolean> {
  const inUse = await Promise.all(
    (await readdir(folder)).map((name) => isSeatTaken(join(folder, name))),
  );
  return inUse.includes(true);
}

async function isSeatTaken(seat: string): Promise<boolean> {
  const user = await readHolder(seat);
  if (user !== undefined && (await isRunning(user))) return true;
  await rm(seat, { force: true });
  return false;
}
