export * as categories from "./category.service.ts";
export * as tags from "./tag.service.ts";
export { createCategory, ScopeEnum } from "./category.input.ts";
export { createTag } from "./tag.input.ts";
export * from "./events.ts";
