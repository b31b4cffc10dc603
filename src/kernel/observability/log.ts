import pino, { type DestinationStream, type Logger } from "pino";

/** Fields whose values are nobody's business, at the top of a line and up to two levels below. */
const secretFields = [
  "authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "password",
  "secret",
  "token",
  "accessToken",
  "refreshToken",
  "idToken",
  "apiKey",
  "recoveryCode",
  "email",
];
const redacted = "[redacted]";

/**
 * What gives a secret away wherever it stands: in messages of errors, in SQL, in stack traces. What may
 * begin anywhere has a bound, so that a long line takes no longer than its length.
 */
const tellTales: [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${redacted}`],
  [/\beyJ[\w-]{1,1000}\.[\w-]+\.[\w-]*/g, redacted],
];

/** URLs come before e-mail addresses, as `user:password@host` looks like one. */
const withAt: [RegExp, string][] = [
  [/(\/\/)[^\s/@"']+@/g, `$1${redacted}@`],
  [/[\w.!#$%'*+^`{|}~-]{1,64}@[\w-]+(\.[\w-]+)+/g, "[e-mail]"],
];

/** One JSON line per fact on standard error; standard output belongs to the person at the terminal. */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretFields.flatMap(pathsTo), censor: redacted },
      hooks: { streamWrite: scrubbed },
    },
    destination,
  );
}

function pathsTo(field: string): string[] {
  const name = `["${field}"]`;
  return [name, `*${name}`, `*.*${name}`];
}

/** Most lines have no @ in them, and to look for what stands before one is what costs. */
function scrubbed(line: string): string {
  const sought = line.includes("@") ? [...withAt, ...tellTales] : tellTales;
  return sought.reduce((text, [found, shown]) => text.replace(found, shown), line);
}
