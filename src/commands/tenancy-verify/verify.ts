import { recorderOf } from "#modules/search";
import { mutations, newPasswordOf } from "./attacks.ts";
import { readEntities, watchFilters } from "./filters.ts";
import { openTables, raidTables } from "./floor.ts";
import { raidJobs } from "./jobs.ts";
import { raidRoutes } from "./routes.ts";
import { allRowsOf } from "./rows.ts";
import {
  type Attack,
  blind,
  leaks,
  openedByForeignToken,
  trespasses,
  unknownOperations,
} from "./sweep.ts";
import { aTwin, emailOf, signIn, tuneSearch, type Twin } from "./twin-shop.ts";
import type { Finding, World } from "./world.ts";

/**
 * Attacks the installation: makes two shops that differ in nothing but one word, and tries from each role
 * of the one to see and change things of the other, by every operation, route and job, and in every table.
 * Whatever it finds is a fault, including what it does not know how to attack. The shops stay.
 */
export async function verifyTenancy(world: World): Promise<Finding[]> {
  const open = await openTables(world.db);
  try {
    const theirs = await aTwin(world, "Birchmoor");
    const ours = await aTwin(world, "Alderwick");
    // Of one shop alone: settings have no name that would tell whose they are.
    await tuneSearch(world, theirs);
    return [...open, ...(await attack(world, theirs, ours))];
  } catch (error) {
    // An open wall may well be why: what is known of it goes first.
    if (open.length === 0) throw error;
    return [...open, { where: "the two shops", what: `cannot be made: ${String(error)}` }];
  }
}

/** Attacks the things of one shop from another, ring by ring. */
export async function attack(world: World, theirs: Twin, ours: Twin): Promise<Finding[]> {
  const watch = watchFilters(world.db);
  const watched = { ...world, asking: (name: string) => watch.during(operationOf(name)) };
  const quiet = silenceRecorder(world);
  try {
    await readEntities(ours.editor, world.registry, watch);
    const rows = () => allRowsOf(world.db, theirs.editor.tenant);
    const atFirst = await rows();
    const outside = [
      ...unknownOperations(world, ours),
      ...(await raidTables(world.db, theirs.editor.tenant, ours.editor.tenant)),
      ...named(await blind(watched, theirs), "does not show a shop its own things"),
      ...named(await leaks(watched, theirs, ours), "shows another tenant's things"),
      ...named(await openedByForeignToken(watched, theirs, ours), "takes another tenant's token"),
    ];
    const asked = await rows();
    // They look at the rows for themselves: what their controls change is their own.
    const jobs = await raidJobs(world, theirs, ours);
    const before = await rows();
    const { accepted, failedAtHome } = await trespasses(watched, theirs, ours);
    return [
      ...outside,
      ...jobs,
      ...named(accepted, "takes another tenant's ids"),
      ...changed(atFirst, asked),
      ...changed(before, await rows()),
      ...Object.entries(failedAtHome)
        // What is in use cannot be deleted, which is an answer that only its owner gets.
        .filter(([, code]) => code !== "CONFLICT")
        .map(([name, code]) => ({
          where: operationOf(name),
          what: `answers its own administrator with ${String(code)}: nothing is proved`,
        })),
      // Last, as its controls change what the others were about.
      ...(await raidRoutes(world, theirs, await signedInAgain(world, ours))),
      ...watch.end(),
    ];
  } finally {
    watch.end();
    quiet.end();
  }
}

/** The last of the mutations has signed the administrator out. */
async function signedInAgain(world: World, shop: Twin): Promise<Twin> {
  const email = emailOf("administrator");
  const administrator = await signIn(world, shop.editor, email, newPasswordOf(shop));
  return { ...shop, token: administrator, tokens: { ...shop.tokens, administrator } };
}

const operationOf = (name: string) => `${name in mutations ? "mutation" : "query"} ${name}`;

/** Each operation once, with what it was first found by. */
function named(attacks: Attack[], what: string): Finding[] {
  const byName = new Map(attacks.toReversed().map((each) => [each.name, each]));
  return [...byName.values()].map(({ name, values }) => ({
    where: operationOf(name),
    what: `${what}: ${JSON.stringify(values)}`,
  }));
}

/** The tables in which rows have changed while none was to. */
function changed(before: string, after: string): Finding[] {
  const known = new Set(before.split("\n"));
  const now = new Set(after.split("\n"));
  const different = [...known.symmetricDifference(now)].map((row) =>
    row.slice(0, row.indexOf(" ")),
  );
  return [...new Set(different)].map((table) => ({
    where: `table ${table}`,
    what: "rows were changed by another tenant",
  }));
}

/** What the attackers type is the other's words: their shop would see those among what it was searched for. */
function silenceRecorder(world: World): { end(): void } {
  const recorder = recorderOf(world);
  const { note } = recorder;
  recorder.note = () => {};
  return {
    end() {
      recorder.note = note;
    },
  };
}
