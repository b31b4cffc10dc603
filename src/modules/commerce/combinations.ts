import type { InputIssue } from "#kernel/errors";

/** What a variant has for one option of its product: Size = M. */
export interface Choice {
  name: string;
  value: string;
}

/** The same for the same choices, in whatever order they come. */
export function combination(choices: Choice[]): string {
  const sorted = choices.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify(sorted.map(({ name, value }) => [name, value]));
}

/** The value chosen for each of the options that `choices` names. */
export function chosenFrom<Option extends { name: string }>(
  options: Option[],
  choices: Choice[],
): { option: Option; value: string }[] {
  const values = new Map(choices.map(({ name, value }) => [name, value]));
  return options.flatMap((option) => {
    const value = values.get(option.name);
    return value === undefined ? [] : [{ option, value }];
  });
}

/**
 * What is wrong with the choices of a product's variants: each has one value for each option, and no
 * two variants have the same combination.
 */
export function misfits(product: {
  options: { name: string }[];
  variants: { options?: Choice[] | undefined }[];
}): InputIssue[] {
  const options = product.options.map(({ name }) => name);
  const taken = new Set<string>();
  return product.variants.flatMap(({ options: choices = [] }, index) => {
    const faults = choiceFaults(options, choices);
    const combined = combination(choices);
    if (faults.length === 0 && taken.has(combined)) {
      faults.push("repeats the combination of another variant");
    }
    taken.add(combined);
    return faults.map((message) => ({ path: ["variants", index, "options"], message }));
  });
}

function choiceFaults(options: string[], choices: Choice[]): string[] {
  const named = choices.map(({ name }) => name);
  return [
    ...options
      .filter((option) => !named.includes(option))
      .map((option) => `has no value for the option "${option}"`),
    ...named
      .filter((name) => !options.includes(name))
      .map((name) => `names "${name}", which is no option of the product`),
    ...named
      .filter((name, index) => named.indexOf(name) !== index)
      .map((name) => `has two values for the option "${name}"`),
  ];
}
