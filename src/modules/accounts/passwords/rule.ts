import { text } from "#kernel/fields";

/** What a new password must be like: long, for length is what helps; a sentence is welcome. */
export const NewPassword = text(1_000).refine(
  (value) => value.length >= 12,
  "must have at least 12 characters",
);
