import { Option } from "commander";

/** Of the read model, in the order in which they are built. */
export const kinds = ["category", "product", "node"] as const;
export type Kind = (typeof kinds)[number];

export const kindOption = (description: string) =>
  new Option("--kind <kind>", description).choices(kinds);
