import { uuidToULID } from "ulid";
import { theSchema } from "#test/installation";
import { type GraphQLAnswer, server } from "#test/server";
import { mutations, queries, type Values } from "./attacks.ts";
import { textOf } from "./operation.ts";
import { allRowsOf, type Twin } from "./twin-shop.ts";

const client = await server();
const schema = await theSchema();

/** An operation with its arguments. */
export interface Attack {
  name: string;
  values: Values;
}

type Answer = GraphQLAnswer<Record<string, unknown> | null>;

/** Asks a shop for every field of the operation's answer. */
export const send = ({ name, values }: Attack, to: Twin, token?: string): Promise<Answer> =>
  client.graphql(to.editor.tenant, textOf(schema, name, values), values, token);

export const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions["code"];
/** As if the id stood for nothing at all. */
const unknownThing: unknown[] = ["NOT_FOUND", "BAD_USER_INPUT"];

/** What would find the shop's things with each query: ids, handles, words, and the cursors of its own lists. */
export async function queryAttacksOn(shop: Twin): Promise<Attack[]> {
  const attacks: Attack[] = [];
  for (const [name, argumentsFor] of Object.entries(queries)) {
    const given = argumentsFor(shop);
    const page = await send({ name, values: { ...given[0], first: 1 } }, shop, shop.token);
    const { pageInfo } = (page.data?.[name] ?? {}) as { pageInfo?: { endCursor: string } };
    if (pageInfo) given.push({ ...given[0], after: pageInfo.endCursor });
    attacks.push(...given.flatMap((values) => inBothSpellings({ name, values })));
  }
  return attacks;
}

/** What would change the shop's things with a mutation of another: its ids each alone, and all together. */
function mutationAttacksOn(shop: Twin, by: Twin, name: string): Attack[] {
  const inputFor = mutations[name] ?? (() => ({}));
  const own = JSON.stringify(inputFor(by.ids));
  const oneForeign = Object.entries(by.ids).map(([thing, id]) =>
    own.replaceAll(id, shop.ids[thing as keyof Twin["ids"]]),
  );
  const foreign = new Set([...oneForeign, JSON.stringify(inputFor(shop.ids))]);
  foreign.delete(own);
  return [...foreign].flatMap((text) =>
    inBothSpellings({ name, values: { input: JSON.parse(text) as unknown } }),
  );
}

const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

function inBothSpellings(attack: Attack): Attack[] {
  const text = JSON.stringify(attack);
  const other = text.replaceAll(uuid, uuidToULID);
  return other === text ? [attack] : [attack, JSON.parse(other) as Attack];
}

/** Whether an answer shows anything of a shop: its word, or an id that is in its rows. */
export async function tellTalesOf(shop: Twin): Promise<(answer: unknown) => boolean> {
  const ids = new Set((await allRowsOf(shop)).match(uuid));
  const word = shop.word.toLowerCase();
  return (answer) => {
    const text = JSON.stringify(answer).toLowerCase();
    return text.includes(word) || (text.match(uuid) ?? []).some((id) => ids.has(id));
  };
}

/** The queries by which a visitor or the editor of one shop gets to see something of the other, or an error. */
export async function leaks(from: Twin, to: Twin): Promise<Attack[]> {
  const shows = await tellTalesOf(from);
  const found: Attack[] = [];
  for (const attack of await queryAttacksOn(from)) {
    const visited = await send(attack, to);
    const edited = await send(attack, to, to.token);
    const fair = !edited.errors && (!visited.errors || codeOf(visited) === "UNAUTHENTICATED");
    if (!fair || shows([visited, edited])) found.push(attack);
  }
  return found;
}

/**
 * Sends every mutation as the editor of one shop with ids of the other, and then with its own alone.
 * Returns what was not refused as unknown, and the codes of what failed with its own.
 */
export async function trespasses(into: Twin, by: Twin) {
  const shows = await tellTalesOf(into);
  const accepted: Attack[] = [];
  const failedAtHome: Record<string, unknown> = {};
  for (const [name, inputFor] of Object.entries(mutations)) {
    for (const attack of mutationAttacksOn(into, by, name)) {
      const answer = await send(attack, by, by.token);
      const refused = unknownThing.includes(codeOf(answer));
      if (!refused || shows(withoutEcho(answer, into))) accepted.push(attack);
    }
    const atHome = await send({ name, values: { input: inputFor(by.ids) } }, by, by.token);
    if (atHome.errors) failedAtHome[name] = codeOf(atHome);
  }
  return { accepted, failedAtHome };
}

/** An error may name the id that it was given. */
const withoutEcho = (answer: Answer, { ids }: Twin) =>
  Object.values(ids).reduce((text, id) => text.replaceAll(id, ""), JSON.stringify(answer));
