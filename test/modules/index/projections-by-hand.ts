import { reproject } from "#modules/index";
import { beginBuilding, cutOver, rollBack } from "../../../src/modules/index/generations.ts";
import { refresh, refreshGeneration } from "../../../src/modules/index/projection.ts";
import { products } from "../../../src/modules/index/read-model.ts";
import { showing } from "../../../src/modules/index/reproject.ts";
import type { ChangingShop } from "./a-changing-shop.ts";
import { lateModel, readEarly, type Session, slots } from "./late-projections.ts";

/** What is taken out, for showing that it is needed. */
export interface Without {
  /** Changes the statement that writes rows of the read model. */
  alter?: (text: string) => string;
  /** Who looks for what shows a renamed category waits for no projection under way. */
  turnstile?: true;
  /** A row that shows nothing is not kept. */
  tombstone?: true;
}

/** A projection that was asked for: of some products, of all that show the category, of a new generation. */
type Job =
  | { of: "products"; ids: string[] }
  | { of: "category" }
  | { of: "generation"; ids: string[]; generation: number };

/** One that has read, and not yet written. */
interface Late {
  job: Exclude<Job, { of: "category" }>;
  slot: number;
}

/** The projections of a shop, each of which reads at one moment and writes at another. */
export function projectionsByHand(
  { ctx, categoryId, ids }: ChangingShop,
  sessions: [Session, ...Session[]],
  without: Without,
) {
  const [first] = sessions;
  const tx = first.transaction(ctx);
  let jobs: Job[] = [];
  let late: Late[] = [];
  let building: number | undefined;

  /** A job begins. It may stay on its queue, as a duplicate. */
  async function read(which: number, again: boolean): Promise<void> {
    const job = jobs[which % jobs.length];
    if (!job) return;
    if (job.of === "category") {
      // It waits until the projections under way have ended: here, for another turn.
      if (late.length > 0 && !without.turnstile) return;
      const shown = await showing(tx, products, [categoryId]);
      if (shown.length > 0) jobs.push({ of: "products", ids: shown });
    } else {
      const slot = freeSlot();
      if (slot === undefined) return;
      await readEarly(first, slot, job.ids);
      late.push({ job, slot });
    }
    if (!again) jobs = jobs.filter((other) => other !== job);
  }

  function freeSlot(): number | undefined {
    const taken = new Set(late.map(({ slot }) => slot));
    return Array.from({ length: slots }, (_, slot) => slot).find((slot) => !taken.has(slot));
  }

  /** One that has read writes. It may do so once more, as one that was taken for dead. */
  async function write(which: number, again: boolean): Promise<void> {
    const one = late[which % late.length];
    if (!one) return;
    await writeLate(first, one);
    if (!again) late = late.filter((other) => other !== one);
  }

  async function writeLate(session: Session, { job, slot }: Late): Promise<void> {
    const { model, alter } = lateModel(slot);
    const on = session.transaction(ctx, (text) => alter(without.alter?.(text) ?? text));
    if (job.of === "generation") await refreshGeneration(on, model, job.ids, job.generation);
    else await refresh(on, model, job.ids);
    if (without.tombstone) await session.query("delete from index_products where not visible");
  }

  /** Reads and writes at once. */
  async function perform(session: Session, job: Job): Promise<void> {
    const on = session.transaction(ctx, without.alter);
    if (job.of === "category") await reproject(on, [categoryId]);
    else if (job.of === "products") await refresh(on, products, job.ids);
    else await refreshGeneration(on, products, job.ids, job.generation);
  }

  async function begin(): Promise<void> {
    if (building !== undefined) return;
    building = (await beginBuilding(tx, "product", false)).generation;
    jobs.push({ of: "generation", ids: ids(), generation: building });
  }

  /** Once all is built. */
  async function cutOverWhenBuilt(): Promise<void> {
    const left = [...jobs, ...late.map(({ job }) => job)];
    if (building === undefined || left.some((job) => job.of === "generation")) return;
    await cutOver(tx, "product", building);
    building = undefined;
  }

  async function goBack(): Promise<void> {
    await rollBack(tx, "product");
    jobs = jobs.filter((job) => job.of !== "generation");
    late = late.filter(({ job }) => job.of !== "generation");
    building = undefined;
  }

  /** Does what is left, in an order that `keys` decide, on all sessions at once. */
  async function settle(keys: Iterator<number>): Promise<void> {
    const [shared, own] = [
      jobs.filter(({ of }) => of === "category"),
      jobs.filter(({ of }) => of !== "category"),
    ];
    const steps = [
      ...late.map((one) => (session: Session) => writeLate(session, one)),
      ...own.map((job) => (session: Session) => perform(session, job)),
    ].map((step) => ({ step, key: keys.next().value as number }));
    await together(steps.toSorted((a, b) => a.key - b.key).map(({ step }) => step));
    await together(shared.map((job) => (session) => perform(session, job)));
    [jobs, late] = [[], []];
    await cutOverWhenBuilt();
  }

  async function together(steps: ((session: Session) => Promise<void>)[]): Promise<void> {
    const left = steps.values();
    await Promise.all(
      sessions.map(async (session) => {
        for (const step of left) await step(session);
      }),
    );
  }

  const ask = (job: Job) => jobs.push(job);
  return { ask, read, write, begin, cutOverWhenBuilt, goBack, settle };
}
