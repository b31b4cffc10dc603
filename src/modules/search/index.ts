export * from "./engine.ts";
export { postgresEngine } from "./postgres-engine.ts";
export { forgetUnusedWords } from "./vocabulary.ts";
