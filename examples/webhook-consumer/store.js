import { existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";

/**
 * What has been received, in a file: a line for each message, so that one that comes again after a
 * restart is known, too. A real consumer has a table with a unique column instead.
 */
export function openStore(file) {
  const ids = new Set();
  /** What is public, by kind and id, as of the latest state that was told. */
  const documents = new Map();
  let duplicates = 0;
  let refused = 0;

  for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n") : []) {
    const { id, message } = parsed(line);
    if (id) apply(id, message);
  }
  const log = openSync(file, "a");
  // The last line may have been cut short by a crash: what comes next begins a new one.
  writeSync(log, "\n");

  function apply(id, { data }) {
    ids.add(id);
    const { snapshot } = data;
    if (!snapshot) return;
    const key = `${snapshot.kind} ${snapshot.id}`;
    // Messages come in any order: what is older than what is known already says nothing new.
    if (!isOlder(snapshot, documents.get(key))) documents.set(key, snapshot);
  }

  return {
    /** Takes a message in; when it returns, it is on the disk. One that comes again may show a later state. */
    take(id, message) {
      if (ids.has(id)) duplicates += 1;
      writeSync(log, `${JSON.stringify({ id, message })}\n`);
      fsyncSync(log);
      apply(id, message);
    },
    refuse() {
      refused += 1;
    },
    state: () => ({
      ids: [...ids],
      duplicates,
      refused,
      documents: Object.fromEntries(documents),
    }),
  };
}

/** Of two snapshots the one with the greater pair of revisions is the later. */
function isOlder(one, other) {
  if (!other) return false;
  return one.revision === other.revision
    ? one.sharedRevision < other.sharedRevision
    : one.revision < other.revision;
}

function parsed(line) {
  try {
    return line === "" ? {} : JSON.parse(line);
  } catch {
    return {};
  }
}
