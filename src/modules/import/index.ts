export * from "./records.ts";
export { MissingColumns, UnreadableFile } from "./errors.ts";
export { handleOf } from "./handle.ts";
export { readShopify, surveyShopify, type ShopifySurvey } from "./shopify/read.ts";
export { readWordpress } from "./wordpress/read.ts";
export { surveyWordpress, type WordpressSurvey } from "./wordpress/survey.ts";
