import type { Context } from "koa";
import { parseId } from "#kernel/ids";
import { isSlug } from "#kernel/tenancy/names";
import type { Server } from "../server.ts";
import type { TracedChange } from "./admin-side.ts";
import { answerHtml, html } from "./page.ts";

/** GET /admin/trace: where to say which change. */
export function showTraceForm(ctx: Context): void {
  const asked = ctx.query["id"];
  if (typeof asked === "string" && asked.trim() !== "") {
    return ctx.redirect(`/admin/trace/${encodeURIComponent(asked.trim())}`);
  }
  answerHtml(ctx, { title: "Trace a change", signedIn: true }, form);
}

/** GET /admin/trace/:eventId: what `rustok trace` shows. Links from jobs say of which tenant; else all are asked. */
export async function showTrace(server: Server, ctx: Context): Promise<void> {
  const given = String(ctx["params"].eventId);
  const id = parseId(given);
  const slug = ctx.query["tenant"];
  const tenant =
    typeof slug === "string" && isSlug(slug) ? await server.tenants.find({ slug }) : null;
  const found = id && (await server.admin.trace(id, tenant));
  if (found) return answerTrace(ctx, found);
  answerHtml(
    ctx,
    { title: "Nothing to trace", status: 404, signedIn: true },
    html`<p>
        There is no event ${given}, nor anything that has changed with that id. What became of an
        event is kept for a week, and the event itself for a month; with its tenant it is gone.
      </p>
      ${form}`,
  );
}

const form = html`<form method="get" action="/admin/trace">
  <input name="id" size="40" required aria-label="An id" />
  <button>Trace</button>
  <p><small>The id of an event; or of a product, node and so on, for its latest change.</small></p>
</form>`;

function answerTrace(ctx: Context, change: TracedChange): void {
  const { tenant, type, id, aggregateId, revision, occurredAt, steps } = change;
  const after = (at: Date | null) => (at ? `+${at.getTime() - occurredAt.getTime()} ms` : "");
  answerHtml(
    ctx,
    { title: type, signedIn: true },
    html`<p>
        <code>${id}</code> of <strong>${tenant}</strong>: <code>${aggregateId}</code> at revision
        ${revision}
      </p>
      <table>
        <thead>
          <tr>
            <th>When</th>
            <th>After the change</th>
            <th>What</th>
          </tr>
        </thead>
        <tbody>
          ${steps.map(
            ({ at, what }) =>
              html`<tr>
                <td class="time">${at?.toISOString() ?? "not yet"}</td>
                <td class="after">${after(at)}</td>
                <td>${what}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
  );
}
