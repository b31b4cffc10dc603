import { Migration } from "@mikro-orm/migrations";

/** The relay leaves the events of suspended tenants where they are, so it has to know who those are. */
export class KernelSuspendedTenants extends Migration {
  override up(): void {
    this.addSql(`
      create policy relay_reads_suspended on tenants for select to rustok_relay
        using (suspended_at is not null);
      grant select (id, suspended_at) on tenants to rustok_relay;`);
  }
}
