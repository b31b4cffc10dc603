import { Migration } from "@mikro-orm/migrations";

/** Webhooks out: who is told of which events, what each was sent, and how each attempt ended. */
export class WebhooksEndpoints extends Migration {
  override up(): void {
    this.addSql(`
      create table webhook_endpoints (
        id                    uuid primary key,
        tenant_id             uuid not null references tenants on delete cascade,
        url                   text not null,
        description           text not null default '',
        patterns              text[] not null check (cardinality(patterns) > 0),
        api_version           text not null,
        header_names          text[] not null default '{}',
        header_secrets        text,
        secret                text not null,
        previous_secret       text,
        previous_secret_until timestamptz,
        paused                boolean not null default false,
        failing_since         timestamptz,
        disabled_at           timestamptz,
        disabled_reason       text,
        revision              bigint not null default 1,
        created_at            timestamptz not null default now(),
        updated_at            timestamptz not null default now(),
        unique (tenant_id, id),
        check ((previous_secret is null) = (previous_secret_until is null)),
        check ((disabled_at is null) = (disabled_reason is null))
      );
      comment on column webhook_endpoints.patterns is 'Types of events: product.published, product.* or *.';
      comment on column webhook_endpoints.header_secrets is 'The headers with their values, sealed with RUSTOK_SECRET.';
      comment on column webhook_endpoints.secret is 'Sealed with RUSTOK_SECRET.';
      comment on column webhook_endpoints.failing_since is 'The first failure since the last success; null when the last attempt succeeded.';
      comment on column webhook_endpoints.disabled_at is 'When it was given up; it gets nothing until somebody enables it.';
      select protect_tenant_rows('webhook_endpoints');

      create table webhook_deliveries (
        id              uuid primary key,
        tenant_id       uuid not null references tenants on delete cascade,
        endpoint_id     uuid not null,
        event_id        uuid not null,
        event_type      text not null,
        payload         jsonb not null,
        revision        bigint not null,
        occurred_at     timestamptz not null,
        status          text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
        attempts        integer not null default 0,
        queued          boolean not null default true,
        next_attempt_at timestamptz,
        problem         text,
        created_at      timestamptz not null default now(),
        finished_at     timestamptz,
        unique (tenant_id, id),
        unique (tenant_id, endpoint_id, event_id),
        check ((status = 'pending') = (next_attempt_at is not null)),
        foreign key (tenant_id, endpoint_id) references webhook_endpoints (tenant_id, id) on delete cascade
      );
      comment on column webhook_deliveries.queued is 'A job is on its way that may attempt it; the first one to come does.';
      comment on column webhook_deliveries.next_attempt_at is
        'When it is put on the queue: for its next attempt, or once more because nothing was heard of a job that was lost.';
      create index webhook_deliveries_due on webhook_deliveries (tenant_id, endpoint_id, next_attempt_at) where status = 'pending';
      create index webhook_deliveries_by_event on webhook_deliveries (tenant_id, event_id);
      create index webhook_deliveries_by_age on webhook_deliveries (tenant_id, created_at);
      select protect_tenant_rows('webhook_deliveries');

      create table webhook_attempts (
        id              uuid primary key,
        tenant_id       uuid not null references tenants on delete cascade,
        delivery_id     uuid not null,
        endpoint_id     uuid not null,
        event_id        uuid not null,
        event_type      text not null,
        attempt         integer not null,
        started_at      timestamptz not null,
        duration_ms     integer not null,
        succeeded       boolean not null,
        status_code     integer,
        problem         text,
        excerpt         text,
        next_attempt_at timestamptz,
        foreign key (tenant_id, delivery_id) references webhook_deliveries (tenant_id, id) on delete cascade
      );
      comment on column webhook_attempts.excerpt is 'The beginning of what was answered.';
      create index webhook_attempts_by_delivery on webhook_attempts (tenant_id, delivery_id);
      create index webhook_attempts_by_endpoint on webhook_attempts (tenant_id, endpoint_id, id);
      create index webhook_attempts_by_age on webhook_attempts (tenant_id, started_at);
      select protect_tenant_rows('webhook_attempts');`);

    // Asked each second, of all tenants: the answer is ids alone.
    this.addSql(`
      create policy relay_reads on webhook_endpoints for select to rustok_relay using (true);
      create policy relay_reads on webhook_deliveries for select to rustok_relay using (true);
      create policy relay_reads on webhook_attempts for select to rustok_relay using (true);
      grant select on webhook_endpoints, webhook_deliveries, webhook_attempts to rustok_relay;

      create function tenants_with_due_webhooks() returns setof uuid
      language sql stable security definer set search_path = public
      begin atomic
        select distinct e.tenant_id from webhook_endpoints e
        where e.disabled_at is null and not e.paused and exists (
          select from webhook_deliveries d
          where d.tenant_id = e.tenant_id and d.endpoint_id = e.id
            and d.status = 'pending' and d.next_attempt_at <= now());
      end;
      comment on function tenants_with_due_webhooks() is 'Tenants with deliveries that are to be put on the queue.';
      alter function tenants_with_due_webhooks() owner to rustok_relay;
      revoke all on function tenants_with_due_webhooks() from public;
      grant execute on function tenants_with_due_webhooks() to rustok_app;

      create function webhook_outcomes(since timestamptz)
      returns table (outcome text, attempts bigint)
      language sql stable security definer set search_path = public
      begin atomic
        select o.outcome, count(a.id)
        from (values ('delivered', true), ('failed', false)) o (outcome, succeeded)
        left join webhook_attempts a on a.succeeded = o.succeeded and a.id >= oldest_id_since(since)
        group by o.outcome;
      end;
      comment on function webhook_outcomes(timestamptz) is 'How attempts since then have ended, of all tenants together.';
      alter function webhook_outcomes(timestamptz) owner to rustok_relay;
      revoke all on function webhook_outcomes(timestamptz) from public;
      grant execute on function webhook_outcomes(timestamptz) to rustok_app;

      create function webhooks_waiting()
      returns table (state text, deliveries bigint)
      language sql stable security definer set search_path = public
      begin atomic
        select s.state, count(d.id)
        from (values ('first'), ('again')) s (state)
        left join webhook_deliveries d
          on d.status = 'pending' and (case when d.attempts = 0 then 'first' else 'again' end) = s.state
        group by s.state;
      end;
      comment on function webhooks_waiting() is 'Deliveries that wait for their first attempt, and for another one.';
      alter function webhooks_waiting() owner to rustok_relay;
      revoke all on function webhooks_waiting() from public;
      grant execute on function webhooks_waiting() to rustok_app;`);
  }
}
