import pino, { type Logger } from "pino";

/** One JSON line per fact on standard error; standard output belongs to the person at the terminal. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
