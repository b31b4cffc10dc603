import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

const AuthorSchema = defineEntity({
  name: "Author",
  tableName: "authors",
  properties: {
    ...aggregate,
    handle: p.string(),
    name: p.string(),
    bio: p.text().nullable(),
    avatarUrl: p.string().nullable(),
  },
});

/** Who a node is by; need not be somebody who signs in. */
export class Author extends AuthorSchema.class {}
AuthorSchema.setClass(Author);
