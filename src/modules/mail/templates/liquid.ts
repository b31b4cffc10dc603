import { Liquid } from "liquidjs";

/** Tags that read other files, of which there are none. */
const elsewhere = ["include", "render", "layout", "block"];

/** Of a tenant's own words: characters to parse, milliseconds to render, objects made meanwhile. */
const limits = { parseLimit: 100_000, renderLimit: 200, memoryLimit: 1_000_000 };

function engineWith(outputEscape?: "escape"): Liquid {
  const engine = new Liquid({
    ...limits,
    ...(outputEscape && { outputEscape }),
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    templates: {},
  });
  for (const tag of elsewhere) delete engine.tags[tag];
  return engine;
}

const plain = engineWith();
const escaping = engineWith("escape");

export const fillIn = (template: string, values: object): string =>
  String(plain.parseAndRenderSync(template, values));

/** Every value is text: what it holds of HTML is shown, not obeyed. */
export const fillInHtml = (template: string, values: object): string =>
  String(escaping.parseAndRenderSync(template, values));

/** The variables that a template asks for. Throws for one that cannot be read; the message says why and where. */
export const variablesIn = (template: string): string[] =>
  plain.globalVariablesSync(plain.parse(template));
