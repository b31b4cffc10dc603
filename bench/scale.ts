/** On how many products things are measured. */
export interface Scale {
  small: number;
  large: number;
  /** For trying the bench out: its figures say little. */
  quick: boolean;
}

export const scale: Scale = process.argv.includes("--quick")
  ? { small: 2_000, large: 10_000, quick: true }
  : { small: 10_000, large: 100_000, quick: false };

/** "10,000 products". */
export const products = (count: number) => `${count.toLocaleString("en")} products`;
