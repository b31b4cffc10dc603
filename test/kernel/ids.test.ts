import { isValid, uuidToULID } from "ulid";
import { expect, test } from "vitest";
import { idsFrom, newId, parseId, timeOf } from "#kernel/ids";

test("ids made one after the other sort that way, and none is made twice", () => {
  const ids = Array.from({ length: 20_000 }, () => newId());
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test("an id is a ULID in the spelling of a UUID", () => {
  const id = newId();
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(isValid(uuidToULID(id))).toBe(true);
});

test("both spellings are the same id; anything else is none", () => {
  const id = newId();
  const ulid = uuidToULID(id);
  expect([id, id.toUpperCase(), ulid, ulid.toLowerCase()].map(parseId)).toEqual([id, id, id, id]);
  expect(["", "42", `${ulid}0`, id.replaceAll("-", ""), "ILOU".repeat(7)].map(parseId)).toEqual(
    Array(5).fill(undefined),
  );
});

test("ids are told apart by when they were made", () => {
  const id = newId();
  const moment = timeOf(id);
  expect(idsFrom(moment) < id).toBe(true);
  expect(idsFrom(new Date(moment.getTime() + 1)) > id).toBe(true);
  expect(timeOf(idsFrom(moment))).toEqual(moment);
});
