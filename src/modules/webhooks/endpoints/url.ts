import { z } from "zod";
import type { RequestContext } from "#kernel/context";
import { BadUserInput } from "#kernel/errors";
import { literalOf, mayReach } from "#kernel/outbound/addresses";
import { setupOf } from "../setup.ts";

/** Where events are sent to. */
export const EndpointUrl = z
  .string()
  .max(2_000)
  .refine((text) => /^https?:/i.test(text) && URL.canParse(text), "must be an https URL")
  .refine((text) => {
    const url = URL.parse(text);
    return !url || (url.username === "" && url.password === "");
  }, "must hold no password: send it in a header")
  .refine((text) => !text.includes("#"), "must have no fragment");

/**
 * Throws BAD_USER_INPUT for what the operator does not allow. What a name leads to is judged at each
 * request; an address is told of here, so that nobody waits for what never comes.
 */
export function refuseForbidden(ctx: RequestContext, text: string | undefined): void {
  const url = text === undefined ? null : URL.parse(text);
  if (!url) return;
  const { allowHttp, allowedRanges } = setupOf(ctx);
  if (url.protocol === "http:" && !allowHttp)
    throw BadUserInput.at(["url"], "must be an https URL");
  const literal = literalOf(url);
  if (literal && !mayReach(literal, allowedRanges)) {
    throw BadUserInput.at(["url"], "is an address that webhooks may not be sent to");
  }
}
