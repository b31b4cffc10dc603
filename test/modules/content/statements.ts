import pg from "pg";
import { vi } from "vitest";

/** What was sent to the database while `work` ran, each statement by its first three words. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const query = vi.spyOn(pg.Client.prototype, "query");
  try {
    await work();
    return query.mock.calls.map(([statement]: unknown[]) => {
      const text = typeof statement === "string" ? statement : (statement as { text: string }).text;
      return text.split(/[\s("]+/, 3).join(" ");
    });
  } finally {
    query.mockRestore();
  }
}
