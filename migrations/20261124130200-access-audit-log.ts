import { Migration } from "@mikro-orm/migrations";

/**
 * Who changed what, from where. The server's role may add to it and read it, a tenant at a time; what is
 * too old is removed by a function of a role that can do nothing else.
 */
export class AccessAuditLog extends Migration {
  override up(): void {
    this.addSql(`
      create table audit_log (
        id          uuid primary key,
        tenant_id   uuid not null references tenants on delete cascade,
        occurred_at timestamptz not null,
        action      text not null,
        subject_id  uuid not null,
        actor_kind  text not null,
        actor_id    uuid,
        session_id  uuid,
        request_id  text not null,
        address     text,
        user_agent  text,
        changes     jsonb not null
      );
      comment on column audit_log.changes is
        'What became of which row: [{"entity": "Price", "id": "…", "kind": "updated", "fields": [{"name": "amount", "before": 900, "after": 950}]}]; secrets and personal data are left out.';
      create index audit_log_by_tenant on audit_log (tenant_id, id);
      create index audit_log_by_subject on audit_log (tenant_id, subject_id, id);
      create index audit_log_by_actor on audit_log (tenant_id, actor_id, id);
      create index audit_log_by_time on audit_log (occurred_at);
      select protect_tenant_rows('audit_log');
      revoke update, delete on audit_log from rustok_app;`);

    // Roles belong to the cluster, so another database's migration may create it at the same moment.
    this.addSql(`
      do $$
      begin
        if not exists (select from pg_roles where rolname = 'rustok_auditor') then
          create role rustok_auditor nologin;
        end if;
        if not pg_has_role(current_user, 'rustok_auditor', 'member') then
          grant rustok_auditor to current_user;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$;
      grant usage on schema public to rustok_auditor;
      create policy auditor_reads on audit_log for select to rustok_auditor using (true);
      create policy auditor_forgets on audit_log for delete to rustok_auditor using (true);
      grant select, delete on audit_log to rustok_auditor;

      create function forget_old_audit(days integer, at_most integer) returns bigint
      language sql security definer set search_path = public
      begin atomic
        with old_entries as (
          delete from audit_log
          where id in (
            select a.id from audit_log a
            where a.occurred_at < now() - make_interval(days => greatest(days, 1))
            order by a.id
            limit at_most)
          returning 1
        )
        select count(*) from old_entries;
      end;
      comment on function forget_old_audit(integer, integer) is
        'Removes up to so many entries older than so many days, of all tenants, and says how many; call it until there are none.';
      alter function forget_old_audit(integer, integer) owner to rustok_auditor;
      revoke all on function forget_old_audit(integer, integer) from public;
      grant execute on function forget_old_audit(integer, integer) to rustok_app;`);
  }
}
