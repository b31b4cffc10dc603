import http from "node:http";
import https from "node:https";
import { excerptOf } from "./excerpt.ts";
import { literalOf, mayReach, type Range } from "#kernel/outbound/addresses";
import { AddressRefused, guarded, NoAddress, type Resolve } from "#kernel/outbound/resolve";
import { retryAfterMs } from "./retry-after.ts";

/** What is sent, and where to. */
export interface Outgoing {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** How a request has ended. */
export interface Outcome {
  startedAt: Date;
  durationMs: number;
  /** Null when there was no answer. */
  status: number | null;
  /** Why it counts as failed; null for a success. */
  problem: string | null;
  /** The beginning of what was answered; null without an answer. */
  excerpt: string | null;
  /** How long the receiver asks to be left alone. */
  retryAfterMs: number | null;
}

export type Send = (outgoing: Outgoing) => Promise<Outcome>;

/** How many connections to one host are kept for the next request. */
const keptConnections = 16;

/** Sends requests to public addresses, and to those that the operator allows, one answer each: redirects are not followed. */
export function openSender(options: {
  timeoutMs: number;
  allowedRanges: readonly Range[];
  resolve: Resolve;
}): Send {
  const { timeoutMs, allowedRanges } = options;
  const lookup = guarded(options.resolve, allowedRanges);
  const kept = { keepAlive: true, maxFreeSockets: keptConnections };
  const agents = { "http:": new http.Agent(kept), "https:": new https.Agent(kept) };

  function request(outgoing: Outgoing, signal: AbortSignal): Promise<http.IncomingMessage> {
    const url = new URL(outgoing.url);
    const literal = literalOf(url);
    if (literal && !mayReach(literal, allowedRanges)) throw new AddressRefused();
    const { request: begin } = url.protocol === "https:" ? https : http;
    const agent = agents[url.protocol as keyof typeof agents];
    return new Promise((resolve, reject) => {
      const sent = begin(url, { method: "POST", agent, lookup, signal, headers: outgoing.headers });
      sent.on("response", resolve);
      sent.on("error", (error: NodeJS.ErrnoException) => {
        // A connection that was kept may have been ended at the other side just now: nobody has read this.
        if (sent.reusedSocket && error.code === "ECONNRESET") resolve(request(outgoing, signal));
        else reject(error);
      });
      sent.end(outgoing.body);
    });
  }

  return async (outgoing) => {
    const startedAt = new Date();
    const began = performance.now();
    const durationMs = () => Math.round(performance.now() - began);
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await request(outgoing, signal);
      const status = answer.statusCode ?? 0;
      const excerpt = await excerptOf(answer);
      return {
        startedAt,
        durationMs: durationMs(),
        status,
        problem: problemWith(status),
        excerpt,
        retryAfterMs: retryAfterMs(answer.headers["retry-after"], startedAt),
      };
    } catch (error) {
      const problem = signal.aborted
        ? `There was no answer within ${timeoutMs / 1000} s.`
        : reasonOf(error);
      const nothing = { status: null, excerpt: null, retryAfterMs: null };
      return { startedAt, durationMs: durationMs(), problem, ...nothing };
    }
  };
}

function problemWith(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  const redirect = status >= 300 && status < 400;
  return redirect ? `Answered ${status}: redirects are not followed.` : `Answered ${status}.`;
}

/** What of a failed connection may be told to the tenant: no addresses, which would map the operator's network. */
function reasonOf(error: unknown): string {
  if (error instanceof AddressRefused || error instanceof NoAddress) return error.message;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code ? `The request failed: ${code}.` : "The request failed.";
}
