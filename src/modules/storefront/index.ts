export * as content from "./content.queries.ts";
export { NodeView, viewNode } from "./content.view.ts";
export { list } from "./list.ts";
export { MemberFilter } from "./member-filter.ts";
export { ImageView } from "./product.view.ts";
export { NamedView, PriceRangeView } from "./shared.view.ts";
