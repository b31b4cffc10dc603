import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import type { Registry } from "#kernel/modules/registry";
import { describeApi } from "../../src/http/openapi/document.ts";
import { errorSchemas } from "../../src/http/openapi/errors.ts";
import { systemRoutes } from "../../src/http/system-routes.ts";

interface Operation {
  responses: Record<string, { content?: Record<string, object> }>;
}

/** Throws when an answer is not one that the document describes. */
export type Check = (method: string, url: string, answer: Response) => Promise<void>;

/** Holds answers of a server with these modules against what it says of itself. */
export function describedBy(registry: Registry): Check {
  const document = describeApi(registry, systemRoutes);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "api");
  const validators = new Map<string, ValidateFunction>();

  const templates = Object.entries(document.paths ?? {}).map(([path, item]) => ({
    path,
    item: item as Record<string, Operation>,
    fits: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  }));

  function checkBody(said: string, place: (string | number)[], body: unknown): void {
    const pointer = place.map(pointerStep).join("/");
    const fits = validators.get(pointer) ?? ajv.compile({ $ref: `api#/${pointer}` });
    validators.set(pointer, fits);
    if (!fits(body)) {
      throw new Error(`${said} with what is not described: ${ajv.errorsText(fits.errors)}`);
    }
  }

  /** Where there is no operation, there is the one error body or none. */
  function checkNowhere(said: string, { status }: Response, text: string): void {
    if (status < 400) return;
    if (!(`Error${status}` in errorSchemas)) throw new Error(`${said}, which nothing describes`);
    if (text !== "") checkBody(said, ["components", "schemas", `Error${status}`], JSON.parse(text));
  }

  return async (method, url, answer) => {
    const { pathname } = new URL(url);
    if (!isRest(pathname)) return;
    const said = `${method} ${pathname} answered ${answer.status}`;
    const text = await answer.clone().text();
    const { path = "", item } = templates.find(({ fits }) => fits.test(pathname)) ?? {};
    const verb = method === "HEAD" ? "get" : method.toLowerCase();
    const operation = item?.[verb];
    if (!operation) return checkNowhere(said, answer, text);

    const described = operation.responses[answer.status];
    if (!described) throw new Error(`${said}, which is not described`);
    if (method === "HEAD") return;
    const types = Object.keys(described.content ?? {});
    if (types.length === 0) {
      if (text !== "") throw new Error(`${said} with a body, which is not described`);
      return;
    }
    const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
    if (!types.includes(type)) throw new Error(`${said} as ${type}, not as ${types.join(" or ")}`);
    const place = ["paths", path, verb, "responses", answer.status, "content", type, "schema"];
    checkBody(said, place, read(type, text));
  };
}

/** Whether an address is REST's: GraphQL describes itself, and the parts of a page are no answers. */
const isRest = (path: string) =>
  /^\/(api\/|metrics$|swagger$|\.well-known\/)/.test(path) && path !== "/api/graphql";

function read(type: string, text: string): unknown {
  if (/^application\/(.+\+)?json$/.test(type)) return JSON.parse(text);
  return type === "application/yaml" ? parse(text) : text;
}

const pointerStep = (step: string | number) =>
  encodeURIComponent(String(step).replaceAll("~", "~0").replaceAll("/", "~1"));
