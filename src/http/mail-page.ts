import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type Router from "@koa/router";
import type { Context } from "koa";
import { NotFound } from "#kernel/errors";
import { escapeHtml } from "#kernel/mail/escape-html";
import type { Mail } from "#kernel/mail/mailer";
import { answerPage } from "./security-headers.ts";

/** How many the list shows. */
const shown = 100;

/**
 * In development, what would have been sent, for a browser: `/mail` lists it, the newest first. Whoever
 * reaches the server may read it, as they may use GraphiQL.
 */
export function mountMailPage(router: Router, folder: string): void {
  router.get("/mail", async (ctx) => {
    const mails = await newest(folder);
    answerPage(ctx, () => page("Mail", list(mails)));
  });
  router.get("/mail/:id", async (ctx: Context) => {
    const mail = await one(folder, String(ctx["params"].id));
    answerPage(ctx, () => page(mail.subject, letter(mail)));
  });
}

async function newest(folder: string): Promise<(Mail & { at: Date })[]> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(".json"))
      .map(async (name) => ({ name, at: (await stat(join(folder, name))).mtime })),
  );
  const latest = files.toSorted((one, other) => other.at.getTime() - one.at.getTime());
  return Promise.all(
    latest.slice(0, shown).map(async ({ name, at }) => ({
      ...(JSON.parse(await readFile(join(folder, name), "utf8")) as Mail),
      at,
    })),
  );
}

/** Throws NOT_FOUND for what is no mail's id: it becomes a part of a path. */
async function one(folder: string, id: string): Promise<Mail> {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound("mail", id);
  try {
    return JSON.parse(await readFile(join(folder, `${id}.json`), "utf8")) as Mail;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new NotFound("mail", id);
    throw error;
  }
}

const list = (mails: (Mail & { at: Date })[]) =>
  mails.length === 0
    ? "<p>Nothing was sent yet.</p>"
    : `<table><tr><th>When</th><th>To</th><th>Subject</th></tr>${mails
        .map(
          ({ id, to, subject, at }) =>
            `<tr><td>${at.toISOString().slice(0, 19).replace("T", " ")}</td><td>${escapeHtml(to)}</td>` +
            `<td><a href="/mail/${id}">${escapeHtml(subject)}</a></td></tr>`,
        )
        .join("")}</table>`;

/** The HTML stands in a frame that runs nothing and reaches nothing. */
const letter = ({ from, to, kind, text, html }: Mail) =>
  `<p><a href="/mail">All mails</a></p>
<p>From ${escapeHtml(from)} to ${escapeHtml(to)} <small>${escapeHtml(kind)}</small></p>
<iframe sandbox title="HTML" srcdoc="${escapeHtml(html)}"></iframe>
<h2>As plain text</h2><pre>${escapeHtml(text)}</pre>`;

const page = (title: string, content: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
td, th { text-align: left; padding: 4px 16px 4px 0 } small { color: #666 }
iframe { width: 100%; height: 28em; border: 1px solid #ccc } pre { white-space: pre-wrap }
</style></head><body><h1>${escapeHtml(title)}</h1>${content}</body></html>`;
