import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Watched } from "./server.ts";

type Known = Pick<Watched, "production" | "metricsToken">;

/** Whether the request may see what is an operator's to see: in development any, else one that shows the metrics token. */
export function isOperator(
  { production, metricsToken }: Known,
  { authorization }: IncomingHttpHeaders,
): boolean {
  if (!production) return true;
  if (!metricsToken || !authorization) return false;
  // Of equal length whatever was sent, so that the comparison takes as long for any.
  return timingSafeEqual(digest(authorization), digest(`Bearer ${metricsToken}`));
}

const digest = (text: string) => createHash("sha256").update(text).digest();
