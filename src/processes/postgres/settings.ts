/** Values of PostgreSQL's parameters, by name. */
export type Settings = Record<string, string>;

/** Durable first: what the outbox promises rests on fsync and synchronous_commit. */
export const SETTINGS: Settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  // Room for a few processes of each role beside the first; one that is not used costs next to nothing.
  max_connections: "200",
  // Taken as it is used. The rows that searches in 100,000 products visit lie all over 330 MB: with less
  // than that, common words have them read anew each time.
  shared_buffers: "512MB",
  // Bounds both the disk taken and the time to recover after a crash.
  max_wal_size: "512MB",
  fsync: "on",
  synchronous_commit: "on",
  // Compiling a plan takes longer than our queries do.
  jit: "off",
  timezone: "UTC",
};
