import { registerEnumType } from "type-graphql";

export const SearchKindEnum = { PRODUCTS: "products", CONTENT: "content" } as const;
registerEnumType(SearchKindEnum, { name: "SearchKind", description: "What is searched for." });
