import { Presets, SingleBar } from "cli-progress";

export interface Progress {
  done: number;
  total: number;
}

/** A bar on standard error with the rate; on something that is no terminal, a line now and then. */
export function progressBar(label: string) {
  const bar = new SingleBar(
    {
      format: `${label.padEnd(24)} {bar} {percentage}% {value}/{total} · {rate}/s`,
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: 5_000,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const began = performance.now();
  let started = false;
  return {
    update({ done, total }: Progress): void {
      const rate = Math.round(done / Math.max((performance.now() - began) / 1_000, 0.001));
      if (!started) bar.start(total, done, { rate });
      started = true;
      bar.setTotal(total);
      bar.update(done, { rate });
    },
    end(): void {
      bar.stop();
    },
  };
}
