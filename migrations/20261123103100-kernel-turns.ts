import { Migration } from "@mikro-orm/migrations";

/**
 * The relay takes tenants in turns, so what waits is found tenant by tenant. A server of the version
 * before, which asks for the oldest of all, sorts what waits instead: slower, and right.
 */
export class KernelTurns extends Migration {
  override up(): void {
    this.addSql(`
      create index sys_events_waiting on sys_events (tenant_id, id) where dispatched_at is null;
      drop index sys_events_undispatched;`);
  }
}
