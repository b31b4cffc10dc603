import { Migration } from "@mikro-orm/migrations";

/** Whose logs of webhooks have something that is to be forgotten: upkeep visits nobody else. */
export class WebhooksOldLogs extends Migration {
  override up(): void {
    this.addSql(`
      create policy relay_reads on hook_receipts for select to rustok_relay using (true);
      grant select (tenant_id, received_at) on hook_receipts to rustok_relay;

      create function tenants_with_old_webhooks(older_than timestamptz) returns setof uuid
      language sql stable security definer set search_path = public
      begin atomic
        select tenant_id from webhook_attempts where started_at < older_than
        union select tenant_id from webhook_deliveries where status <> 'pending' and created_at < older_than
        union select tenant_id from hook_receipts where received_at < older_than;
      end;
      alter function tenants_with_old_webhooks owner to rustok_relay;
      revoke all on function tenants_with_old_webhooks from public;
      grant execute on function tenants_with_old_webhooks to rustok_app;`);
  }
}
