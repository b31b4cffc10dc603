import { z } from "zod";
import { distinctBy } from "#kernel/fields";

/** Ours, those of the connection, and those that would have the body read as something else. */
const reserved =
  /^(webhook-.*|content-.*|transfer-encoding|host|connection|keep-alive|proxy-.*|te|trailer|upgrade|expect|date|user-agent|accept.*|cookie2?)$/i;

const Header = z.object({
  name: z
    .string()
    .max(100)
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "must be a header's name")
    .refine((name) => !reserved.test(name), "is not yours to set"),
  value: z
    .string()
    .max(1_000)
    .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, "must be visible ASCII"),
});

/** Sent with each request, besides our own. */
export const Headers = z
  .array(Header)
  .max(20)
  .superRefine(distinctBy(({ name }) => name.toLowerCase(), "header"));
export type Headers = z.output<typeof Headers>;
