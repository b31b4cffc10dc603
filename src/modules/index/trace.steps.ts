import type { Trace } from "./trace.queries.ts";

/** Something that has happened on a change's way, or has not yet. */
export interface TracedStep {
  at: Date | null;
  what: string;
}

/** What became of a change, in the order of time and in words; what has not happened comes last. */
export function stepsOf(of: Trace): TracedStep[] {
  const steps = [
    {
      at: of.occurredAt,
      what: `changed by ${of.actorId ?? "the system"}, request ${of.requestId}`,
    },
    of.handedOverAt
      ? { at: of.handedOverAt, what: "handed over to the queues" }
      : { at: null, what: "not handed over yet: it waits for a relay" },
    ...of.jobs.flatMap(({ job, startedAt, finishedAt, attempts, failure }) => {
      const attempt = attempts > 1 ? `, attempt ${attempts}` : "";
      const tookMs = finishedAt.getTime() - startedAt.getTime();
      return [
        { at: startedAt, what: `${job} began${attempt}` },
        {
          at: finishedAt,
          what: `${job} ${failure === null ? "done" : `failed: ${failure}`}, after ${tookMs} ms`,
        },
      ];
    }),
    ...of.rows.map((row) => ({
      at: row.indexedAt,
      what: `read model: ${place(row)}, revision ${row.revision}, ${row.showsChange ? "shows the change" : "from before the change"}`,
    })),
    ...of.documents.map((document) => ({
      at: document.doneAt,
      what: `search engine: ${place(document)}, ${
        document.problem
          ? `refused: ${document.problem}`
          : document.doneAt
            ? `task ${document.task}`
            : document.sentAt
              ? `waits for task ${document.task}`
              : "waits to be sent"
      }`,
    })),
  ];
  return steps.toSorted((one, other) => timeOf(one.at) - timeOf(other.at));
}

/** What has not happened comes last. */
const timeOf = (at: Date | null) => at?.getTime() ?? Number.MAX_SAFE_INTEGER;

const place = (of: { kind: string; locale: string; generation: number; live: boolean }) =>
  `${of.kind} in ${of.locale}, generation ${of.generation}${of.live ? "" : " (not live)"}`;
