import { uuidToULID } from "ulid";
import { operations } from "#kernel/graphql/schema";
import { mutations, platformOperations, queries, queueOperations, type Values } from "./attacks.ts";
import { filledPlaces, placesOfIds, textOf } from "./operation.ts";
import { allRowsOf } from "./rows.ts";
import type { Twin } from "./twin-shop.ts";
import { type Answer, ask, type Finding, type World } from "./world.ts";

/** An operation with its arguments. */
export interface Attack {
  name: string;
  values: Values;
}

/** Asks a shop for every field of the operation's answer. */
export function send(
  world: World,
  { name, values }: Attack,
  { editor: { tenant } }: Twin,
  token?: string,
): Promise<Answer> {
  world.asking?.(name);
  return ask(world, { tenant, token }, textOf(world.schema, name, values), values);
}

export const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions["code"];
/** As if the id stood for nothing at all. */
const unknownThing: unknown[] = ["NOT_FOUND", "BAD_USER_INPUT"];
const notAllowed: unknown[] = ["FORBIDDEN", "UNAUTHENTICATED"];

/** The operations, and the ids they take, that the table of attacks says nothing of: whoever adds one adds it there. */
export function unknownOperations({ schema }: World, shop: Twin): Finding[] {
  return operations(schema).flatMap((operation) => {
    const values = attacksWith(operation.name, shop);
    const where = `operation ${operation.name}`;
    if (!values) return [{ where, what: "is not in attacks.ts: say there how it is attacked" }];
    const filled = filledPlaces(values);
    return placesOfIds(operation)
      .filter((place) => !filled.includes(place))
      .map((place) => ({ where, what: `takes an id as ${place}: give one in attacks.ts` }));
  });
}

const attacksWith = (name: string, shop: Twin): Values[] | undefined =>
  queries[name]?.(shop) ??
  (queueOperations[name] && [queueOperations[name]()]) ??
  (platformOperations[name] && [platformOperations[name](shop.editor.tenant.id)]) ??
  (mutations[name] && [{ input: mutations[name](shop.ids, shop) }]);

/** What would find the shop's things with each query: ids, handles, words, and the cursors of its own lists. */
export async function queryAttacksOn(world: World, shop: Twin): Promise<Attack[]> {
  const attacks: Attack[] = [];
  for (const [name, argumentsFor] of Object.entries(queries)) {
    const given = argumentsFor(shop);
    if (given.length === 0) continue;
    const first = { name, values: { ...given[0], first: 1 } };
    const page = await send(world, first, shop, shop.token);
    const { pageInfo } = (page.data?.[name] ?? {}) as {
      pageInfo?: { endCursor: string; hasNextPage: boolean };
    };
    if (pageInfo?.hasNextPage) given.push({ ...given[0], after: pageInfo.endCursor });
    attacks.push(...given.flatMap((values) => inBothSpellings({ name, values })));
  }
  return attacks;
}

/** What would change the shop's things with a mutation of another: its ids each alone, and all together. */
function mutationAttacksOn(shop: Twin, by: Twin, name: string): Attack[] {
  const inputFor = mutations[name] ?? (() => ({}));
  const own = JSON.stringify(inputFor(by.ids, by));
  const oneForeign = Object.entries(by.ids).map(([thing, id]) =>
    own.replaceAll(id, shop.ids[thing as keyof Twin["ids"]]),
  );
  const foreign = new Set([...oneForeign, JSON.stringify(inputFor(shop.ids, by))]);
  foreign.delete(own);
  return [...foreign].flatMap((text) =>
    inBothSpellings({ name, values: { input: JSON.parse(text) as unknown } }),
  );
}

export const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

function inBothSpellings(attack: Attack): Attack[] {
  const text = JSON.stringify(attack);
  const other = text.replaceAll(uuid, uuidToULID);
  return other === text ? [attack] : [attack, JSON.parse(other) as Attack];
}

/** Whether an answer shows anything of a shop: its word, or an id that is in its rows. */
export async function tellTalesOf(
  { db }: World,
  shop: Twin,
): Promise<(answer: unknown) => boolean> {
  const ids = new Set((await allRowsOf(db, shop.editor.tenant)).match(uuid));
  const word = shop.word.toLowerCase();
  return (answer) => {
    const text = JSON.stringify(answer).toLowerCase();
    return text.includes(word) || (text.match(uuid) ?? []).some((id) => ids.has(id));
  };
}

/** The queries that do not show a shop even its own things: with those nothing would be proved. */
export async function blind(world: World, shop: Twin): Promise<Attack[]> {
  const shows = await tellTalesOf(world, shop);
  const found: Attack[] = [];
  for (const attack of await queryAttacksOn(world, shop)) {
    const { data, errors } = await send(world, attack, shop, shop.token);
    if (errors || !shows(data)) found.push(attack);
  }
  return found;
}

/**
 * The queries by which a visitor or anybody of one shop gets to see something of the other, or an error.
 * Roles that may do less than the administrator send each query once: what they are let into is the same code.
 */
export async function leaks(world: World, from: Twin, to: Twin): Promise<Attack[]> {
  const shows = await tellTalesOf(world, from);
  const found: Attack[] = [];
  const sent = new Set<string>();
  for (const attack of await queryAttacksOn(world, from)) {
    const everybody = sent.has(attack.name) ? [to.token] : Object.values(to.tokens);
    sent.add(attack.name);
    for (const token of [undefined, ...everybody]) {
      const answer = await send(world, attack, to, token);
      const fair = !answer.errors || (token !== to.token && notAllowed.includes(codeOf(answer)));
      if (fair && !shows(answer)) continue;
      found.push(attack);
      break;
    }
  }
  return found;
}

/**
 * Sends every mutation as everybody of one shop with ids of the other (as the administrator with each of
 * them alone, too), and then as its administrator with its own alone. Returns what was not refused as unknown, and the codes of what failed with its own.
 */
export async function trespasses(world: World, into: Twin, by: Twin) {
  const shows = await tellTalesOf(world, into);
  const accepted: Attack[] = [];
  const failedAtHome: Record<string, unknown> = {};
  for (const [name, inputFor] of Object.entries(mutations)) {
    const attacks = mutationAttacksOn(into, by, name);
    for (const attack of attacks) {
      const everybody = attack === attacks.at(-1) ? Object.values(by.tokens) : [by.token];
      for (const token of everybody) {
        const answer = await send(world, attack, by, token);
        const expected = token === by.token ? unknownThing : [...unknownThing, ...notAllowed];
        if (expected.includes(codeOf(answer)) && !shows(withoutEcho(answer, into))) continue;
        accepted.push(attack);
        break;
      }
    }
    const atHome = await send(
      world,
      { name, values: { input: inputFor(by.ids, by) } },
      by,
      by.token,
    );
    if (atHome.errors) failedAtHome[name] = codeOf(atHome);
  }
  return { accepted, failedAtHome };
}

/** The operations that the one shop's token opens at the other. */
export async function openedByForeignToken(world: World, from: Twin, to: Twin): Promise<Attack[]> {
  const found: Attack[] = [];
  for (const { name } of operations(world.schema)) {
    const attack = { name, values: attacksWith(name, to)?.[0] ?? {} };
    const answer = await send(world, attack, to, from.token);
    if (codeOf(answer) !== "UNAUTHENTICATED" || answer.data) found.push(attack);
  }
  return found;
}

/** An error may name the id that it was given. */
export const withoutEcho = (answer: unknown, { ids }: Twin) =>
  Object.values(ids).reduce((text, id) => text.replaceAll(id, ""), JSON.stringify(answer));
