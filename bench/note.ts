const began = performance.now();

/** Says on standard error how far the bench is, with the minutes it has taken so far. */
export function note(text: string): void {
  const seconds = Math.floor((performance.now() - began) / 1_000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  process.stderr.write(`${clock.padStart(6)}  ${text}\n`);
}
