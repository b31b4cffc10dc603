const digitsByCurrency = new Map<string, number>();

/** How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD. */
function digitsOf(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 0;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

const decimal = /^(\d+)(?:\.(\d+))?$/;

/**
 * Minor units of a decimal number as text: "19.9" is 1990 in EUR. It never passes through a float.
 * Undefined for anything else: a sign, a thousands separator, a finer fraction than the currency has.
 */
export function minorUnits(text: string, currency: string): number | undefined {
  const [, whole, fraction = ""] = decimal.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = digitsOf(currency);
  if (/[1-9]/.test(fraction.slice(digits))) return undefined;
  const amount = Number(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  return Number.isSafeInteger(amount) ? amount : undefined;
}
