import { beforeAll, expect, test } from "vitest";
import { removeOldGenerations } from "#modules/search";
import { startEmbeddedPostgres } from "#processes/postgres/embedded";
import { describeMeilisearch, type RealMeilisearch, startMeilisearch } from "#test/meilisearch";
import { install, type Installed } from "#test/process";
import { type Administrator, signIn } from "./an-administrator.ts";
import { anOnlooker, type Onlooker, until } from "./onlooker.ts";
import { steadily } from "./rebuild-canary/steadily.ts";
import { isRebuilding, leftovers, progress } from "./rebuild-canary/traces.ts";

const products = Number(process.env["CANARY_PRODUCTS"] || 2_000);
const kills = 10;
const limitMs = 200_000 + products * 40;
const searchEveryMs = 50;
const writeEveryMs = 20;

describeMeilisearch("a rebuild beside a shop that sells", () => {
  let meilisearch: RealMeilisearch;
  let rustok: Installed;
  let editor: Administrator;
  let onlooker: Onlooker;
  let canary: string;
  let others: string[];

  beforeAll(async () => {
    meilisearch = await startMeilisearch();
    rustok = await install({
      env: {
        MEILISEARCH_HOST: meilisearch.url,
        MEILISEARCH_API_KEY: meilisearch.apiKey,
        MEILISEARCH_INDEX_PREFIX: meilisearch.prefix,
      },
    });
    editor = await signIn(rustok, await rustok.start());
    const postgres = await startEmbeddedPostgres({ directory: rustok.home });
    onlooker = await anOnlooker(postgres.url, meilisearch);
    const seed = rustok.command("seed", "--scale", String(products));
    if ((await seed.ended) !== 0) throw new Error(seed.said());
    canary = await aCanary();
    await onlooker.rest();
    const rows = await onlooker.query<{ id: string }>("select id from products where id <> $1", [
      canary,
    ]);
    others = rows.map(({ id }) => id);
  }, limitMs);

  test(
    `killed and resumed ${kills} times, every search finds what it should`,
    async () => {
      let over = false;
      let written = 0;
      const answers: Record<string, number> = {};
      const without: unknown[] = [];
      const searching = steadily(
        searchEveryMs,
        () => over,
        async () => {
          const answer = await search().catch((error: unknown) => error);
          const engine = engineThatFound(answer);
          if (engine) answers[engine] = (answers[engine] ?? 0) + 1;
          else without.push(answer);
        },
      );
      const writing = steadily(
        writeEveryMs,
        () => over,
        async (turn) => {
          await write(turn);
          written += 1;
        },
      );
      const began = performance.now();
      await rebuildKilled();
      const seconds = (performance.now() - began) / 1_000;
      over = true;
      await Promise.all([searching, writing]);

      expect(without).toEqual([]);
      await onlooker.rest();
      expect(await onlooker.differences()).toEqual([]);
      await removeOldGenerations(onlooker.ctx, 0);
      expect(await leftovers(onlooker, meilisearch)).toEqual([]);
      process.stderr.write(
        `rebuild of ${products} products, killed ${kills} times, in ${seconds.toFixed(1)} s; ` +
          `${(written / seconds).toFixed(1)} writes/s; answers ${JSON.stringify(answers)}\n`,
      );
    },
    limitMs,
  );

  /** Begins, is killed once it has come so far, begins again; at last it is let come to its end. */
  async function rebuildKilled(): Promise<void> {
    for (let kill = 1; kill <= kills; kill++) {
      const share = (1.7 * (kill - Math.random())) / kills;
      const command = rebuild();
      await until(
        async () => (await isRebuilding(onlooker)) && (await progress(onlooker)) >= share,
      );
      command.kill();
      expect({ code: await command.ended, said: command.said() }).toMatchObject({ code: null });
    }
    const last = rebuild();
    expect({ code: await last.ended, said: last.said() }).toMatchObject({ code: 0 });
  }

  const rebuild = () => rustok.command("index:rebuild", "--tenant", "demo", "--kind", "product");

  const search = () =>
    editor.attempt(`{ searchProducts(query: "zwitscherling") { engine edges { node { id } } } }`);

  /** Undefined for an answer without the canary. */
  function engineThatFound(answer: unknown): string | undefined {
    const { searchProducts } = (answer ?? {}) as {
      searchProducts?: { engine: string; edges: { node: { id: string } }[] };
    };
    const found = searchProducts?.edges.some(({ node }) => node.id === canary);
    return found ? searchProducts?.engine : undefined;
  }

  /** Changes another product. */
  const write = (turn: number) =>
    editor.attempt(
      "mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }",
      { input: { id: others[(turn * 7_919) % others.length], vendor: `Vendor ${turn}` } },
    );

  async function aCanary(): Promise<string> {
    const input = {
      handle: "canary",
      status: "published",
      translations: [{ locale: "en", title: "A zwitscherling, which nothing else is" }],
      variants: [{ sku: "canary", prices: [{ currency: "EUR", amount: 1_000 }] }],
    };
    const answer = await editor.attempt<{ createProduct: { id: string } }>(
      "mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }",
      { input },
    );
    if (!answer) throw new Error("There is no canary.");
    return answer.createProduct.id;
  }
});
