import type { InputIssue } from "#kernel/errors";
import { type MailTemplate, type MailText, variablesOf } from "#kernel/mail/template";
import { fillIn, variablesIn } from "./liquid.ts";

/** What is wrong with a wording, part by part: all of it at once, nothing when it can be sent. */
export function faultsOf(template: MailTemplate, text: MailText): InputIssue[] {
  const known = variablesOf(template);
  return (["subject", "text", "html"] as const).flatMap((part) => {
    const written = text[part];
    if (part === "html" && (written === null || written === undefined)) return [];
    return faultsIn(part, written ?? "", known).map((message) => ({ path: [part], message }));
  });
}

function faultsIn(
  part: "subject" | "text" | "html",
  written: string,
  known: ReturnType<typeof variablesOf>,
): string[] {
  let used: string[];
  try {
    used = variablesIn(written);
    // What cannot be seen by reading shows when it is tried.
    if (used.every((name) => known[name])) fillIn(written, examplesOf(known));
  } catch (error) {
    return [`cannot be read: ${String((error as Error).message).split("\n")[0]}`];
  }
  return [
    ...used
      .filter((name) => !known[name])
      .map((name) => `says "${name}", which is none of ${Object.keys(known).join(", ")}`),
    ...used
      .filter((name) => part === "subject" && known[name]?.secret)
      .map((name) => `must not say "${name}": subjects are kept and shown`),
    ...Object.keys(known)
      .filter((name) => part !== "subject" && known[name]?.required && !used.includes(name))
      .map((name) => `must say "${name}"`),
  ];
}

export const examplesOf = (variables: ReturnType<typeof variablesOf>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([name, { example }]) => [name, example]));
