import type { Context } from "koa";
import { answerPage } from "../security-headers.ts";

/** A piece of a page that may stand as it is. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | Part[] | undefined;

/** Writes a page; whatever is put into it stays text, unless it is itself a piece of a page. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(texts.reduce((page, text, n) => page + written(parts[n - 1]) + text));
}

function written(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(written).join("");
  return String(part).replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const style = new Html(`
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
  nav { display: flex; gap: 1.5rem; align-items: baseline; margin-bottom: 2rem; }
  nav strong { flex: 1; }
  form.card { max-width: 22rem; display: grid; gap: 1rem; margin: 3rem auto; }
  label { display: grid; gap: .25rem; font-weight: 600; }
  small { font-weight: 400; opacity: .7; }
  input, button { font: inherit; padding: .5rem .6rem; border: 1px solid #8888; border-radius: .4rem; }
  button { background: #2456c8; color: #fff; border-color: #2456c8; cursor: pointer; }
  .problem { padding: .6rem .8rem; border-left: 4px solid #c02b2b; background: #c02b2b1a; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
  td.time, td.after { font-variant-numeric: tabular-nums; white-space: nowrap; }
  td.after { text-align: right; }
  code { overflow-wrap: anywhere; }`);

const links = html`<a href="/admin/jobs">Jobs</a><a href="/admin/trace">Trace a change</a
  ><a href="/admin/sign-out">Sign out</a>`;

/** Answers a page of ours that has no script at all. */
export function answerHtml(
  ctx: Context,
  { title, status = 200, signedIn }: { title: string; status?: number; signedIn: boolean },
  content: Html,
): void {
  const page = html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <meta name="robots" content="noindex" />
      <title>${title} · RusTok</title>
      <link rel="icon" href="data:," />
      <style>
        ${style}
      </style>
      <nav><strong>RusTok</strong>${signedIn ? links : undefined}</nav>
      <main>
        <h1>${title}</h1>
        ${content}
      </main>
    </html>`;
  answerPage(ctx, () => page.text);
  // Else browsers would not say where its forms come from.
  ctx.set("Referrer-Policy", "same-origin");
  ctx.status = status;
}
