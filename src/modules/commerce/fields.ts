import { z } from "zod";
import { verbatim } from "#kernel/fields";

/** How many of each one product, one variant or one request may have. */
export const limits = {
  translations: 100,
  options: 5,
  variants: 250,
  images: 250,
  categories: 100,
  tags: 250,
  prices: 200,
  inventory: 250,
  sales: 1_000,
};

/** The product's revision that a caller read; absent, the change applies to whichever there is. */
export const ReadRevision = z.int().positive().nullish();

/** Minor units of a currency. */
export const Amount = z.int().min(0);

/** Where a picture is: on the web, on this host, or in the text itself as SVG (inert inside an `img`). */
export const ImageUrl = verbatim(32_768).refine(
  (url) =>
    /^\/(?![/\\])\S*$/.test(url) ||
    /^data:image\/svg\+xml[;,]/.test(url) ||
    (/^https?:\/\/\S+$/.test(url) && URL.canParse(url)),
  "must be an http(s) URL, an absolute path or a data:image/svg+xml URL",
);
