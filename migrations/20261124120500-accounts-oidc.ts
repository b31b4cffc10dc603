import { Migration } from "@mikro-orm/migrations";

/** OpenID Connect: who may vouch for a tenant's people, whom they vouch for, and who is on the way. */
export class AccountsOidc extends Migration {
  override up(): void {
    this.addSql(`
      create table oidc_providers (
        id            uuid primary key,
        tenant_id     uuid not null references tenants on delete cascade,
        handle        text not null,
        name          text not null,
        issuer        text not null,
        client_id     text not null,
        client_secret text,
        redirect_uris text[] not null,
        role          text,
        enabled       boolean not null default true,
        revision      bigint not null default 1,
        created_at    timestamptz not null default now(),
        updated_at    timestamptz not null default now(),
        unique (tenant_id, id),
        unique (tenant_id, handle)
      );
      comment on column oidc_providers.client_secret is 'Sealed with RUSTOK_SECRET.';
      comment on column oidc_providers.redirect_uris is 'The tenant''s own pages that a sign-in may come back to.';
      comment on column oidc_providers.role is 'Of accounts made for newcomers; null: there are none.';
      select protect_tenant_rows('oidc_providers');

      create table oidc_identities (
        tenant_id   uuid not null references tenants on delete cascade,
        provider_id uuid not null,
        subject     text not null,
        user_id     uuid not null,
        created_at  timestamptz not null default now(),
        primary key (tenant_id, provider_id, subject),
        foreign key (tenant_id, provider_id) references oidc_providers (tenant_id, id) on delete cascade,
        foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
      );
      create index oidc_identities_by_user on oidc_identities (tenant_id, user_id);
      select protect_tenant_rows('oidc_identities');

      create table oidc_sign_ins (
        tenant_id    uuid not null references tenants on delete cascade,
        flow_hash    text not null,
        provider_id  uuid not null,
        secrets      text not null,
        redirect_uri text not null,
        expires_at   timestamptz not null,
        primary key (tenant_id, flow_hash),
        foreign key (tenant_id, provider_id) references oidc_providers (tenant_id, id) on delete cascade
      );
      comment on table oidc_sign_ins is 'Between start and finish; each is finished once.';
      comment on column oidc_sign_ins.secrets is 'State, nonce and PKCE verifier, sealed with RUSTOK_SECRET.';
      create index oidc_sign_ins_by_expiry on oidc_sign_ins (tenant_id, expires_at);
      select protect_tenant_rows('oidc_sign_ins');`);
  }
}
