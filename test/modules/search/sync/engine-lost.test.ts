import { execFileSync } from "node:child_process";
import { cp, mkdtemp, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { RequestContext } from "#kernel/context";
import { products } from "#modules/commerce";
import { refreshProducts } from "#modules/index";
import { installation } from "#test/installation";
import { describeMeilisearch } from "#test/meilisearch";
import { onSale } from "../a-catalogue.ts";
import { aFedEngine, drift, type FedEngine, syncs, until } from "./a-fed-engine.ts";

/** A disk of its own that can be filled; only root can make one. */
const mayMount = process.platform === "linux" && process.getuid?.() === 0;

// A full disk takes 15 s by itself, for the sake of waits that grow longer.
vi.setConfig({ testTimeout: 180_000 });

describeMeilisearch("after Meilisearch was away, all is as it should be without a person", () => {
  let shop: RequestContext;
  let engine: FedEngine;
  let disk: string | undefined;
  beforeAll(async () => {
    shop = await (await installation()).anEditor();
    if (mayMount) disk = await aDisk();
    engine = await aFedEngine(disk ? { folder: disk } : {});
  });
  afterAll(async () => {
    if (!disk) return;
    await engine.meilisearch.kill();
    execFileSync("umount", ["--lazy", disk]);
    await rm(disk, { recursive: true });
  });

  async function waiting(): Promise<number> {
    const { owner } = await installation();
    const { rows } = await owner.query<{ n: number }>(
      "select count(*)::int as n from search_documents where done_version is distinct from version",
    );
    return rows[0]?.n ?? 0;
  }

  async function rename(id: string, title: string): Promise<void> {
    await products.update(shop, { id, translations: [{ locale: "en", title }] } as never);
    await refreshProducts(shop, [id]);
  }

  test("killed while it has work", async () => {
    const id = await onSale(shop, { title: "Before" });
    await engine.caughtUp();
    await rename(id, "During");
    await engine.meilisearch.kill();
    await rename(id, "While it is away");
    await onSale(shop, { title: "New meanwhile" });
    expect(await waiting()).toBeGreaterThan(0);
    await engine.meilisearch.start();
    await engine.caughtUp();
    expect(await drift(shop)).toEqual([]);
  });

  test("started again empty", async () => {
    await onSale(shop, { title: "Known to the old one" });
    await engine.caughtUp();
    const made = await lastMade();
    await engine.meilisearch.stop();
    await engine.meilisearch.empty();
    await engine.meilisearch.start();
    await onSale(shop, { title: "Known to the new one only" });
    await refilled(made);
    expect(await drift(shop)).toEqual([]);
  });

  test("restored from an old copy", async () => {
    const { dataFolder } = engine.meilisearch;
    const changed = await onSale(shop, { title: "As it was" });
    const gone = await onSale(shop, { title: "To be removed" });
    await engine.caughtUp();
    await engine.meilisearch.stop();
    await cp(dataFolder, `${dataFolder}.old`, { recursive: true });
    await engine.meilisearch.start();
    await rename(changed, "As it is");
    await products.remove(shop, { id: gone });
    await refreshProducts(shop, [gone]);
    await engine.caughtUp();
    const made = await lastMade();
    await engine.meilisearch.stop();
    await rm(dataFolder, { recursive: true });
    await cp(`${dataFolder}.old`, dataFolder, { recursive: true });
    await rm(`${dataFolder}.old`, { recursive: true });
    await engine.meilisearch.start();
    await refilled(made);
    expect(await drift(shop)).toEqual([]);
  });

  test("an index of it deleted by hand", async () => {
    const { meilisearch } = engine;
    await engine.caughtUp();
    const made = await lastMade();
    const master = meilisearch.client(meilisearch.masterKey);
    await master.deleteIndex(`${meilisearch.prefix}_products_en`).waitTask();
    await refilled(made);
    expect(await drift(shop)).toEqual([]);
  });

  test("given other settings by hand, and a sync that starts", async () => {
    const { meilisearch } = engine;
    const index = meilisearch
      .client(meilisearch.masterKey)
      .index(`${meilisearch.prefix}_products_en`);
    await index.updateSettings({ rankingRules: ["words"] }).waitTask();
    await engine.restartSync();
    await until(async () => (await index.getSettings()).rankingRules?.[0] === "sort");
    expect(await drift(shop)).toEqual([]);
  });

  test.skipIf(!mayMount)("its disk full, then emptied", async () => {
    const folder = disk ?? "";
    await engine.caughtUp();
    const complaintsBefore = engine.complaints().length;
    const { bavail, bsize } = await statfs(folder);
    await writeFile(join(folder, "filler"), Buffer.alloc(bavail * bsize)).catch(() => {});
    const description = Array.from({ length: 2_000 }, (_, n) => `word${n}`).join(" ");
    for (let n = 0; n < 20; n++) await onSale(shop, { title: `Number ${n}`, description });
    const isFull = () => engine.complaints().some((line) => /no_space|No space/i.test(line));
    await until(isFull, 60_000);
    expect(await waiting()).toBeGreaterThan(0);
    const tries = new Set<number>();
    await until(async () => {
      for (const pid of await syncs()) tries.add(pid);
      return tries.size > 3;
    }, 60_000);
    expect(engine.complaints().slice(complaintsBefore)).toHaveLength(1);
    await rm(join(folder, "filler"));
    await engine.caughtUp(60_000);
    expect(await drift(shop)).toEqual([]);
  });

  /** When the latest of its indexes was made. To be asked before the engine becomes another. */
  async function lastMade(): Promise<string> {
    const { owner } = await installation();
    const { rows } = await owner.query<{ createdAt: string }>(
      'select max(created_at) as "createdAt" from search_indexes',
    );
    return rows[0]?.createdAt ?? "";
  }

  /** When the sync has found out that the engine is another, and filled it. */
  async function refilled(found: string): Promise<void> {
    const { owner } = await installation();
    await until(async () => {
      const { rows } = await owner.query<{ other: boolean }>(
        "select coalesce(max(created_at) > $1, false) as other from search_indexes",
        [found],
      );
      return rows[0]?.other === true;
    }, 60_000);
    await engine.caughtUp(60_000);
  }
});

async function aDisk(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rustok-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=300m", "tmpfs", folder]);
  return folder;
}
