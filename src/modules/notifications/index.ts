export { watchStock } from "./stock.service.ts";
export * as tell from "./tell.ts";
export * from "./events.ts";
