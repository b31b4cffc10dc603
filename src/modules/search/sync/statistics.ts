import type { ClientBase } from "pg";

/** At how many documents PostgreSQL looks at their table for the first time; then each time there are ten times as many. */
const first = 1_000;

/**
 * Keeps PostgreSQL from planning for the few documents there were before thousands came: its own looks
 * are a minute apart.
 */
export class Statistics {
  private seen = 0;
  private next = first;

  async note(db: ClientBase, documents: number): Promise<void> {
    this.seen += documents;
    if (this.seen < this.next) return;
    await db.query("select analyze_search_documents()");
    while (this.next <= this.seen) this.next *= 10;
  }
}
