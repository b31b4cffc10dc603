import type { Logger } from "pino";
import { Alarm } from "#kernel/alarm";
import type { Channel, OpenChannel } from "./channel.ts";

/** The wait before a lost connection is tried again. */
const retryMs = 500;

export interface Listening {
  /** Whether a change would be heard of now, as far as anybody can know. */
  isUp(): boolean;
  stop(): Promise<void>;
}

/**
 * Listens for as long as the process lives, and makes sure every `beatMs` that there is somebody at the
 * other end: a loss that nobody announces is known after two beats. `up` is called whenever listening
 * begins, `down` whenever it has ended.
 */
export function listen(options: {
  channel: Channel;
  hear: (message: string) => void;
  up: () => void;
  down: () => void;
  beatMs: number;
  log: Logger;
}): Listening {
  const { channel, hear, beatMs, log } = options;
  const alarm = new Alarm();
  let stopping = false;
  let up = false;
  let complained = false;

  async function run(): Promise<void> {
    while (!stopping) {
      let open: OpenChannel | undefined;
      let loss: Error | undefined;
      let over = false;
      const fail = (error: Error) => {
        loss ??= error;
        // A connection that was given up may say so only now: it is no reason to try sooner.
        if (!over) alarm.ring();
      };
      alarm.reset();
      try {
        open = await channel.open(hear, fail, beatMs);
        up = true;
        options.up();
        complained = false;
        while (!stopping) {
          await alarm.wait(beatMs);
          if (loss) throw loss;
          if (!stopping) await open.ping();
        }
      } catch (error) {
        if (!complained && !stopping) {
          log.warn({ err: error, channel: channel.name }, "changes of tenants are not heard of");
        }
        complained = true;
      } finally {
        over = true;
        open?.close();
        if (up) options.down();
        up = false;
      }
      alarm.reset();
      if (!stopping) await alarm.wait(retryMs);
    }
  }

  const running = run();
  return {
    isUp: () => up,
    async stop() {
      stopping = true;
      alarm.ring();
      await running;
    },
  };
}
