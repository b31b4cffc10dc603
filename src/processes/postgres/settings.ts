import { totalmem } from "node:os";

/** Values of PostgreSQL's parameters, by name. */
export type Settings = Record<string, string>;

/** Durable first: what the outbox promises rests on fsync and synchronous_commit. */
export const SETTINGS: Settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  // Room for a few processes of each role beside the first; one that is not used costs next to nothing.
  max_connections: "200",
  // Taken as it is used. 100,000 products with all that is made of them are some 1.2 GB: what has no room
  // is read anew each time, which makes projecting one of them take half as long again.
  shared_buffers: `${bufferMb()}MB`,
  // Bounds both the disk taken and the time to recover after a crash.
  max_wal_size: "512MB",
  fsync: "on",
  synchronous_commit: "on",
  // Compiling a plan takes longer than our queries do.
  jit: "off",
  timezone: "UTC",
};

/** A quarter of the memory that the process may use, as PostgreSQL recommends, in MB; from 128 to 2,048. */
export function bufferMb(
  bytes = Math.min(totalmem(), process.constrainedMemory() || Infinity),
): number {
  return Math.max(128, Math.min(2_048, Math.floor(bytes / 4 / 1_048_576)));
}
