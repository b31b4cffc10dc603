import { p } from "@mikro-orm/postgresql";
import { owned } from "#entities/kernel/columns";

/** What every row of the read model has besides its entity's id. */
export const document = {
  locale: p.string().primary(),
  ...owned,
  revision: p.bigint("number").$type<number>(),
  indexedAt: p.datetime(),
  /** False for the tombstone of something that is not public. */
  visible: p.boolean(),
};
