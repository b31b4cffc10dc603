import { z } from "zod";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

const ofNode = {
  version: 1,
  payload: z.object({ nodeId: Id, kind: z.string(), revision: z.int().positive() }),
};
export const NodeCreated = defineEvent("node.created", ofNode);
export const NodeUpdated = defineEvent("node.updated", ofNode);
export const NodePublished = defineEvent("node.published", ofNode);
export const NodeUnpublished = defineEvent("node.unpublished", ofNode);
export const NodeDeleted = defineEvent("node.deleted", ofNode);

const ofAuthor = {
  version: 1,
  payload: z.object({ authorId: Id, revision: z.int().positive() }),
};
export const AuthorCreated = defineEvent("author.created", ofAuthor);
export const AuthorUpdated = defineEvent("author.updated", ofAuthor);
export const AuthorDeleted = defineEvent("author.deleted", ofAuthor);
