import type { DemoArticle } from "../shape.ts";
import { brewing } from "./brewing.ts";
import { care } from "./care.ts";
import { recipes } from "./recipes.ts";
import { stories } from "./stories.ts";
import { trail } from "./trail.ts";

/** From the oldest to the newest. */
export const articles: DemoArticle[] = [...brewing, ...care, ...trail, ...stories, ...recipes];
