import { expect, test } from "vitest";
import { inTransaction } from "#kernel/database/transaction";
import { installation } from "#test/installation";

const { anEditor, db } = await installation();

test("a read that nobody waits for any more is ended, an import is not", async () => {
  const show = "select current_setting('statement_timeout') as longest";
  expect((await db.pool.query(show)).rows).toEqual([{ longest: "15s" }]);
  const editor = await anEditor();
  expect(await inTransaction(editor, (tx) => tx.sql(show))).toEqual([{ longest: "0" }]);
});
