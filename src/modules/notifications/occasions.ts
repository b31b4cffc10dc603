import type { z } from "zod";
import type { notify } from "#jobs/notify";
import type { Share } from "#kernel/events/listeners";
import type { StoredEvent } from "#kernel/events/outbox";

type Notice = z.output<typeof notify.payload>;
type Shares = (events: StoredEvent[]) => Share<Notice>[];

/** A job for each event that `noticeOf` makes something of: people are told of each by itself. */
const each =
  (noticeOf: (payload: Record<string, string>, eventId: string) => Notice | undefined): Shares =>
  (events) =>
    events.flatMap((event) => {
      const payload = noticeOf(event.payload as Record<string, string>, event.id);
      return payload ? [{ payload, events: [event] }] : [];
    });

export const newComments = each(({ commentId = "", status }, eventId) =>
  status === "pending" ? { of: "comment", eventId, subjectId: commentId } : undefined,
);

export const newUsers = each(({ userId = "" }, eventId) => ({
  of: "user",
  eventId,
  subjectId: userId,
}));

/** For an event with `endpointId` and `reason`. */
export const disabledEndpoints = each(({ endpointId = "", reason = "" }, eventId) => ({
  of: "webhook-endpoint",
  eventId,
  subjectId: endpointId,
  reason,
}));
