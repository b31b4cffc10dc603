import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from "jose";
import type { Database } from "#kernel/database/database";
import { newId } from "#kernel/ids";
import { seal, unseal } from "./sealed.ts";

/** EdDSA with Ed25519: short signatures, and no parameters that could be got wrong. */
export const algorithm = "EdDSA";

/** How long a new key is shown before it signs: whoever remembers our key set has it by then. */
export const announcedMs = 5 * 60_000;

const purpose = "signing keys";

/** A key as everybody may see it, and as a holder of the secret can sign with it. */
export interface SigningKey {
  id: string;
  jwk: JWK;
  publicKey: CryptoKey;
  /** Absent when it was sealed with another RUSTOK_SECRET: it still verifies. */
  privateKey: CryptoKey | undefined;
  signsFrom: Date;
}

interface Row {
  id: string;
  publicKey: JWK;
  privateKey: string;
  signsFrom: Date;
}

/**
 * Every key that a token may be good for, the latest first. One that was replaced counts for another
 * `keptMs`. Where none can sign, one is made, by one process alone.
 */
export async function loadKeys(
  db: Database,
  secret: string,
  keptMs: number,
): Promise<SigningKey[]> {
  const found = await readKeys(db, secret, keptMs);
  if (found.some(({ privateKey }) => privateKey)) return found;
  await addKey(db, secret, { onlyWithout: found.map(({ id }) => id) });
  return readKeys(db, secret, keptMs);
}

/**
 * Makes the next key. It signs after {@link announcedMs}; `atOnce` also does away with all others, and
 * with that whatever they have signed.
 */
export async function rotateKeys(
  db: Database,
  secret: string,
  { atOnce }: { atOnce: boolean },
): Promise<{ id: string; signsFrom: Date }> {
  return addKey(db, secret, { replacing: atOnce, delayMs: atOnce ? 0 : announcedMs });
}

async function readKeys(db: Database, secret: string, keptMs: number): Promise<SigningKey[]> {
  const { rows } = await db.pool.query<Row>(
    `select id, public_key as "publicKey", private_key as "privateKey", signs_from as "signsFrom"
     from (
       select *, lag(signs_from) over (order by signs_from desc, id desc) as replaced_at from signing_keys
     ) key
     where replaced_at is null or replaced_at > now() - make_interval(secs => $1 / 1000.0)
     order by signs_from desc, id desc`,
    [keptMs],
  );
  return Promise.all(rows.map((row) => imported(row, secret)));
}

async function imported(row: Row, secret: string): Promise<SigningKey> {
  const { id, publicKey, signsFrom } = row;
  const opened = unseal(secret, purpose, row.privateKey);
  return {
    id,
    jwk: { ...publicKey, kid: id, alg: algorithm, use: "sig" },
    publicKey: (await importJWK(publicKey, algorithm)) as CryptoKey,
    privateKey:
      opened === undefined
        ? undefined
        : ((await importJWK(JSON.parse(opened) as JWK, algorithm)) as CryptoKey),
    signsFrom,
  };
}

async function addKey(
  db: Database,
  secret: string,
  options: { onlyWithout?: string[]; replacing?: boolean; delayMs?: number },
): Promise<{ id: string; signsFrom: Date }> {
  const { onlyWithout, replacing = false, delayMs = 0 } = options;
  const pair = await generateKeyPair(algorithm, { crv: "Ed25519", extractable: true });
  const [open, hidden] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)]);
  const id = newId();
  const client = await db.pool.connect();
  try {
    await client.query("begin");
    // Processes that start together on an empty database take turns: the second finds the first one's key.
    await client.query("select pg_advisory_xact_lock(hashtext('rustok signing keys'))");
    if (replacing) await client.query("delete from signing_keys");
    const { rows } = await client.query<{ signsFrom: Date }>(
      `insert into signing_keys (id, algorithm, public_key, private_key, signs_from)
       select $1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5 / 1000.0)
       where $6::uuid[] is null or not exists (select from signing_keys where id <> all ($6))
       returning signs_from as "signsFrom"`,
      [
        id,
        algorithm,
        JSON.stringify(open),
        seal(secret, purpose, JSON.stringify(hidden)),
        delayMs,
        onlyWithout ?? null,
      ],
    );
    await client.query("commit");
    return { id, signsFrom: rows[0]?.signsFrom ?? new Date() };
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

/** Removes the keys that nothing good was signed with any more. */
export async function forgetOldKeys(db: Database, keptMs: number): Promise<void> {
  await db.pool.query(
    `delete from signing_keys where id in (
       select id from (
         select id, lag(signs_from) over (order by signs_from desc, id desc) as replaced_at from signing_keys
       ) key
       where replaced_at < now() - make_interval(secs => $1 / 1000.0))`,
    [keptMs],
  );
}
