/** How long the search engine may take to have taken in what was on its way to it. */
const patienceMs = 60_000;

/** Does again what fails, until it does not; rejects with the last reason when that takes too long. */
export async function patiently(work: () => Promise<void>): Promise<void> {
  for (const deadline = performance.now() + patienceMs; ;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
