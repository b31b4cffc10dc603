import { expect, test } from "vitest";
import { installation } from "#test/installation";
import { onSale } from "../a-catalogue.ts";

const { anEditor, owner } = await installation();

test("misspellings are looked up once for each word, whatever is known of the tables", async () => {
  const shop = await anEditor();
  const letters = "abcdefghijklmnopqrst".split("");
  const description = letters.flatMap((a) => letters.map((b) => `w${a}${b}${a}rd`)).join(" ");
  await onSale(shop, { title: "Storm lantern", description });

  const session = await owner.connect();
  try {
    await session.query("begin");
    await session.query("set local track_functions = 'pl'");
    const asked = { query: "lanten", locale: "en", currency: "EUR", first: 10, sort: "relevance" };
    const searched = `select search_products($1, $2) ->> 'hits' as hits`;
    const { rows } = await session.query<{ hits: string }>(searched, [shop.tenant.id, asked]);
    expect(rows[0]?.hits).toContain("Storm lantern");
    await session.query("select did_you_mean($1, 'en', 'lanten')", [shop.tenant.id]);
    const { rows: calls } = await session.query(
      "select calls::int from pg_stat_xact_user_functions where funcname = 'misspelt_words'",
    );
    // Once by the search; twice by the other, whose planner asks how many rows to expect.
    expect(calls).toEqual([{ calls: 3 }]);
  } finally {
    await session.query("rollback");
    session.release();
  }
});
