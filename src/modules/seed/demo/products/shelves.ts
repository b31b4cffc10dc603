import type { DemoShelf } from "../shape.ts";
import { bags } from "./bags.ts";
import { beans } from "./beans.ts";
import { brewing } from "./brewing.ts";
import { camping } from "./camping.ts";
import { cups } from "./cups.ts";
import { garden } from "./garden.ts";
import { kitchen } from "./kitchen.ts";
import { lighting } from "./lighting.ts";
import { storage } from "./storage.ts";
import { textiles } from "./textiles.ts";

export const shelves: DemoShelf[] = [
  beans,
  brewing,
  cups,
  kitchen,
  lighting,
  textiles,
  storage,
  camping,
  garden,
  bags,
];
