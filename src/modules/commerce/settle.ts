import type { Product, ProductOption, ProductVariant } from "#entities/commerce/product";
import { BadUserInput, type InputIssue } from "#kernel/errors";
import { newId } from "#kernel/ids";
import { combination, misfits, type Choice } from "./combinations.ts";
import type { UpdateProduct } from "./product.input.ts";
import { recognise } from "./recognise.ts";
import type { VariantFields } from "./variant.input.ts";

type Given = Pick<UpdateProduct, "options" | "variants">;

/** What a product will be made of; options and variants it has already keep their ids. */
export interface Settled {
  options: { id: string; name: string; position: number }[];
  variants: (VariantFields & { id: string; position: number; options: Choice[] })[];
}

/**
 * Finds out which of the given options and variants the product has already; a list that is not
 * given stays. Throws BAD_USER_INPUT with every fault: an id it does not have, an option left open,
 * a combination taken twice.
 */
export function settle(product: Product, given: Given): Settled {
  const options = settleOptions(inOrder(product.options.getItems()), given.options);
  const variants = settleVariants(inOrder(product.variants.getItems()), options, given.variants);
  const issues = [
    ...unknownIds("options", given.options, options),
    ...unknownIds("variants", given.variants, variants),
    ...misfits({ options, variants }),
  ];
  if (issues.length > 0) throw new BadUserInput(issues);
  return { options, variants };
}

function settleOptions(present: ProductOption[], given?: Given["options"]): Settled["options"] {
  if (!given) return present.map(({ id, name, position }) => ({ id, name, position }));
  const known = recognise(present, given, [({ id }) => id, ({ name }) => name]);
  return given.map(({ name }, position) => ({
    id: known[position]?.id ?? newId(),
    name,
    position,
  }));
}

function settleVariants(
  variants: ProductVariant[],
  options: Settled["options"],
  given?: Given["variants"],
): Settled["variants"] {
  const present = variants.map((variant) => ({
    id: variant.id,
    sku: variant.sku,
    position: variant.position,
    options: choicesOf(variant, options),
  }));
  if (!given) return present;
  const known = recognise(present, given, [
    ({ id }) => id,
    ({ sku }) => sku,
    (each) => combination(each.options ?? []),
  ]);
  return given.map((each, position) => ({
    ...each,
    id: known[position]?.id ?? newId(),
    position,
    options: each.options ?? known[position]?.options ?? [],
  }));
}

/** What a variant has chosen, in the names its options will have; what it chose of an option that goes is gone. */
export function choicesOf(
  variant: ProductVariant,
  options: { id: string; name: string }[],
): Choice[] {
  const names = new Map(options.map(({ id, name }) => [id, name]));
  return variant.options.getItems().flatMap(({ option, value }) => {
    const name = names.get(option.id);
    return name === undefined ? [] : [{ name, value }];
  });
}

function unknownIds(
  list: string,
  given: { id?: string | undefined }[] | undefined,
  settled: { id: string }[],
): InputIssue[] {
  return (given ?? []).flatMap(({ id }, index) =>
    id === undefined || settled[index]?.id === id
      ? []
      : [{ path: [list, index, "id"], message: "is not one of this product, or is named twice" }],
  );
}

function inOrder<Part extends { position: number }>(parts: Part[]): Part[] {
  return parts.toSorted((a, b) => a.position - b.position);
}
