import { p } from "@mikro-orm/postgresql";

/** What every tenant-owned row carries. Row-level policies hide it from any other tenant. */
export const owned = {
  tenantId: p.uuid(),
};

/** The root of an aggregate: what is locked, versioned and announced as one. */
export const aggregate = {
  id: p.uuid().primary(),
  ...owned,
  /** Raised by every change of the aggregate, parts included. */
  revision: p.bigint("number").$type<number>().default(1),
  createdAt: p.datetime().defaultRaw("now()"),
  updatedAt: p.datetime().defaultRaw("now()"),
};
