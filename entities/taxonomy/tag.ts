import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";
import type { Scope } from "#entities/taxonomy/category";

const TagSchema = defineEntity({
  name: "Tag",
  tableName: "tags",
  properties: {
    ...aggregate,
    scope: p.string().$type<Scope>(),
    handle: p.string(),
    name: p.string(),
  },
});

/** A flat label of one scope. */
export class Tag extends TagSchema.class {}
TagSchema.setClass(Tag);
