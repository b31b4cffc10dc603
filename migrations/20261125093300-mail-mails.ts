import { Migration } from "@mikro-orm/migrations";

/** Every mail that is to be sent, once for each person and cause; and how tenants word them. */
export class MailMails extends Migration {
  override up(): void {
    this.addSql(`
      create table mails (
        id           uuid primary key,
        tenant_id    uuid not null references tenants on delete cascade,
        template     text not null,
        cause_id     uuid not null,
        address      text not null,
        user_id      uuid,
        locale       text not null,
        sender       text,
        variables    jsonb not null default '{}' check (jsonb_typeof(variables) = 'object'),
        state        text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed')),
        attempts     integer not null default 0,
        failure      text,
        subject      text,
        leased_until timestamptz,
        created_at   timestamptz not null default now(),
        sent_at      timestamptz,
        check ((state = 'sending') = (leased_until is not null)),
        check ((state = 'sent') = (sent_at is not null)),
        foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
      );
      create unique index mails_once on mails (tenant_id, template, cause_id, lower(address));
      create index mails_by_age on mails (tenant_id, created_at);
      create index mails_by_user on mails (tenant_id, user_id);
      comment on column mails.cause_id is 'Of what happened: one mail of a kind for each cause and address.';
      comment on column mails.variables is 'What it says; empty once it is sent. Nothing that opens anything is ever in here.';
      comment on column mails.leased_until is 'Until then whoever has taken it is believed to be sending it.';
      select protect_tenant_rows('mails');
      create policy reader_reads on mails for select to rustok_reader using (true);
      grant select (tenant_id, created_at) on mails to rustok_reader;
      create function tenants_with_old_mails(older_than timestamptz) returns setof uuid
      language sql stable security definer set search_path = public
      begin atomic
        select distinct tenant_id from mails where created_at < older_than;
      end;
      alter function tenants_with_old_mails(timestamptz) owner to rustok_reader;
      revoke all on function tenants_with_old_mails(timestamptz) from public;
      grant execute on function tenants_with_old_mails(timestamptz) to rustok_app;

      create table mail_wordings (
        id         uuid primary key,
        tenant_id  uuid not null references tenants on delete cascade,
        template   text not null,
        locale     text not null,
        subject    text not null,
        text       text not null,
        html       text,
        revision   bigint not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (tenant_id, template, locale)
      );
      select protect_tenant_rows('mail_wordings');`);
  }
}
