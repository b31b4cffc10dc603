import pg from "pg";
import { rest } from "./onlooker.ts";

/**
 * Holds up every projection that the product is part of, between its reading and its writing of the
 * rest: later ones overtake it, and only the guard keeps their work.
 */
export async function holdUpProjections(
  url: string,
  productId: string,
  isOver: () => boolean,
  forMs = 150,
): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  // When a test ends early, its database goes first: what broke is said by the test alone.
  owner.on("error", () => {});
  await owner.connect();
  while (!isOver()) {
    await owner.query("begin");
    // One row: several would be locked in another order than projections write them.
    await owner.query(
      "select from index_products where product_id = $1 order by locale limit 1 for update",
      [productId],
    );
    for (let held = 0; held < forMs && !isOver(); held += 50) await rest(50);
    await owner.query("commit");
    await rest(30);
  }
  await owner.end();
}
