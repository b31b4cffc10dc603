import { rest } from "../onlooker.ts";

/** Something that can be killed and started again. */
export interface Victim {
  kill(): Promise<unknown>;
  start(): Promise<unknown>;
}

/** When whom: after how many writes. */
export interface Kill<Name extends string> {
  whom: Name;
  after: number;
}

/** Kills at random moments among so many writes, each of them for one of the victims. */
export function kills<Name extends string>(
  victims: readonly Name[],
  count: number,
  writes: number,
  random: () => number,
): Kill<Name>[] {
  const moments = Array.from({ length: count }, (_, n) => ({
    // Everybody has a turn; who it is when, chance decides.
    whom: victims[n % victims.length] as Name,
    after: Math.floor(random() * writes * 0.98),
  }));
  return moments.toSorted((a, b) => a.after - b.after);
}

/**
 * Carries them out while `written` counts on, each victim's in its own time: it is up again before it
 * is killed anew.
 */
export function carryOut<Name extends string>(
  planned: Kill<Name>[],
  victims: Record<Name, Victim>,
  written: () => number,
) {
  let left = planned.length;
  const done = Promise.all(
    Object.entries<Victim>(victims).map(async ([name, victim]) => {
      for (const { after } of planned.filter(({ whom }) => whom === name)) {
        while (written() < after) await rest(20);
        await victim.kill();
        left -= 1;
        await victim.start();
      }
    }),
  );
  /** How many should have been done by now and are not: whoever writes waits for them. */
  const overdue = () => left - planned.filter(({ after }) => after > written()).length;
  return { done, overdue };
}
