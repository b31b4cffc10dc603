export { MemberFilter } from "./member-filter.ts";
export { ImageView } from "./product.view.ts";
export { NamedView, PriceRangeView } from "./shared.view.ts";
