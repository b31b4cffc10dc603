/** Sleeps that can be cut short; a ring that comes before the sleep is not lost. */
export class Alarm {
  private rung = false;
  private wake: (() => void) | undefined;

  reset(): void {
    this.rung = false;
  }

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  async wait(ms: number): Promise<void> {
    if (this.rung) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }
}
