import { Migration } from "@mikro-orm/migrations";

/** The keys that sign who is signed in, of the whole installation. */
export class KernelSigningKeys extends Migration {
  override up(): void {
    this.addSql(`
      create table signing_keys (
        id          uuid primary key,
        algorithm   text not null check (algorithm in ('EdDSA')),
        public_key  jsonb not null,
        private_key text not null,
        signs_from  timestamptz not null,
        created_at  timestamptz not null default now()
      );
      comment on table signing_keys is
        'The latest that signs already is the one that signs; those before it are kept while a token of theirs may be good.';
      comment on column signing_keys.public_key is 'A JWK.';
      comment on column signing_keys.private_key is 'A JWK, sealed with RUSTOK_SECRET.';
      grant select, insert, delete on signing_keys to rustok_app;`);
  }
}
