import { z } from "zod";
import { defineEvent } from "#kernel/events/event";
import { Id } from "#kernel/ids";

const ofMenu = {
  version: 1,
  payload: z.object({ menuId: Id, revision: z.int().positive() }),
};
export const MenuCreated = defineEvent("menu.created", ofMenu);
export const MenuUpdated = defineEvent("menu.updated", ofMenu);
export const MenuDeleted = defineEvent("menu.deleted", ofMenu);

/** A former path of a page leads nowhere any more. */
export const PageRedirectDeleted = defineEvent("page-redirect.deleted", {
  version: 1,
  payload: z.object({ redirectId: Id, pageId: Id }),
});
