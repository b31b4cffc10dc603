export * as authors from "./author.service.ts";
export * as nodes from "./node.service.ts";
export { createAuthor, updateAuthor } from "./author.input.ts";
export { createNode, updateNode } from "./node.input.ts";
export * from "./events.ts";
