import type { Administrator } from "./new-tenant.ts";

/** What the person at the terminal sees once everything runs. */
export function startPage(facts: {
  url: string | undefined;
  watchedAt: string | undefined;
  roles: readonly string[];
  adapters: Record<string, string>;
  firstStart: Administrator | undefined;
  tookMs: number;
}): string {
  const { url, watchedAt, roles, adapters, firstStart, tookMs } = facts;
  const lines = [
    `RusTok is ready after ${(tookMs / 1000).toFixed(1)} s (${roles.join(", ")})`,
    "",
    ...(url ? places(url) : []),
    ...(watchedAt ? [row("Health", `${watchedAt}/api/health`), ""] : []),
    ...Object.entries(adapters).map(([need, adapter]) => row(capital(need), adapter)),
    ...(firstStart && url ? welcome(url, firstStart) : []),
    "",
    "Ctrl-C stops it.",
  ];
  return `\n${lines.map((line) => `  ${line}`.trimEnd()).join("\n")}\n\n`;
}

const row = (label: string, value: string) => `${label.padEnd(12)} ${value}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const places = (url: string) => [
  row("Storefront", `${url}/api/graphql   (queries need no sign-in)`),
  row("GraphiQL", `${url}/api/graphql   (in a browser)`),
  row("Sign in", `${url}/api/auth/login`),
  row("Jobs", `${url}/admin/jobs   (in a browser, for who runs all this)`),
  row("REST", `${url}/swagger`),
];

const welcome = (url: string, { email, password }: Administrator) => [
  "",
  "This is the first start: a demo shop is ready. Its administrator, shown only now:",
  row("  E-mail", email),
  row("  Password", password),
  "",
  "A token for GraphiQL's headers:",
  `  curl -s ${url}/api/auth/login -H 'Content-Type: application/json' \\`,
  `    -d '{"email":"${email}","password":"${password}"}'`,
];
