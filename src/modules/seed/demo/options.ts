import type { Tint } from "../picture.ts";
import type { DemoOption } from "./shape.ts";

export const bagOfBeans: DemoOption = {
  name: "Weight",
  values: [
    { en: "250 g", de: "250 g" },
    { en: "1 kg", de: "1 kg", plus: 2700, grams: 750 },
  ],
};

export const grind: DemoOption = {
  name: "Grind",
  values: [
    { en: "Whole bean", de: "Ganze Bohne" },
    { en: "Espresso", de: "Espresso" },
    { en: "Filter", de: "Filter" },
  ],
};

/** Paints with the German name and what a picture shows of them. */
export const colours = {
  Sand: { de: "Sand", hue: 38, saturation: 42 },
  Moss: { de: "Moosgrün", hue: 96, saturation: 26 },
  Slate: { de: "Schiefergrau", hue: 212, saturation: 14 },
  Rust: { de: "Rostrot", hue: 16, saturation: 58 },
  Midnight: { de: "Nachtblau", hue: 226, saturation: 48 },
  Cream: { de: "Creme", hue: 46, saturation: 52 },
  Heather: { de: "Heide", hue: 292, saturation: 22 },
  Ochre: { de: "Ocker", hue: 42, saturation: 68 },
  Spruce: { de: "Fichtengrün", hue: 158, saturation: 34 },
  Charcoal: { de: "Anthrazit", hue: 220, saturation: 6 },
} satisfies Record<string, { de: string } & Tint>;

export type Colour = keyof typeof colours;

export function isColour(name: string): name is Colour {
  return name in colours;
}

export function colour(...names: Colour[]): DemoOption {
  return { name: "Colour", values: names.map((en) => ({ en, de: colours[en].de })) };
}

/** Sizes from the smallest on, each dearer and heavier by the same step. */
export function sizes(names: [en: string, de: string][], plus = 0, grams = 0): DemoOption {
  const values = names.map(([en, de], step) => ({
    en,
    de,
    plus: plus * step,
    grams: grams * step,
  }));
  return { name: "Size", values };
}
