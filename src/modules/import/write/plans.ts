import type { ImportRecord } from "../records.ts";
import { planNode } from "./node.ts";
import type { Plan, Site } from "./plan.ts";
import { planProduct, type ProductPlan } from "./product.ts";
import { planAuthor, planCategory, planLocation, planTag } from "./terms.ts";

/** Throws BAD_USER_INPUT with everything that is wrong with the record. */
export function planOf(record: ImportRecord, site: Site): Plan | ProductPlan {
  switch (record.type) {
    case "location":
      return planLocation(record);
    case "author":
      return planAuthor(record);
    case "category":
      return planCategory(record, site);
    case "tag":
      return planTag(record);
    case "product":
      return planProduct(record, site);
    case "node":
      return planNode(record, site);
  }
}
