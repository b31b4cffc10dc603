export * as categories from "./category.service.ts";
export * as tags from "./tag.service.ts";
export { createCategory, ScopeEnum, updateCategory } from "./category.input.ts";
export { createTag, updateTag } from "./tag.input.ts";
export * from "./events.ts";
