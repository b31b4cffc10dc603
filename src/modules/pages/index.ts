export { createMenu, updateMenu } from "./menu.input.ts";
export * as menus from "./menu.service.ts";
export { movePage } from "./page.input.ts";
export * as pages from "./page.service.ts";
export * from "./events.ts";
export { type PageDifference, refreshAllPages, refreshPages, verifyPages } from "./read-model.ts";
