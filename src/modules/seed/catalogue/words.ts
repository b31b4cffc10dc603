import type { Both } from "../demo/shape.ts";
import type { Motif } from "../picture.ts";

export interface Thing extends Both {
  category: string;
  motif: Motif;
  /** What it can be made of. */
  of: Material[];
  /** Cents of a euro, about. */
  price: number;
  grams: number;
  sizes: Both[];
}

/** German names it after "aus"; the tag is one of the demo shop's. */
export interface Material extends Both {
  tag: string;
}

const oak = { en: "Oak", de: "Eiche", tag: "oak" };
const ash = { en: "Ash", de: "Esche", tag: "made-to-last" };
const birch = { en: "Birch", de: "Birke", tag: "plastic-free" };
const walnut = { en: "Walnut", de: "Nussbaum", tag: "made-to-last" };
const steel = { en: "Steel", de: "Stahl", tag: "steel" };
const copper = { en: "Copper", de: "Kupfer", tag: "handmade" };
const enamel = { en: "Enamel", de: "Emaille", tag: "dishwasher-safe" };
const stoneware = { en: "Stoneware", de: "Steinzeug", tag: "stoneware" };
const porcelain = { en: "Porcelain", de: "Porzellan", tag: "dishwasher-safe" };
const terracotta = { en: "Terracotta", de: "Terrakotta", tag: "handmade" };
const glass = { en: "Glass", de: "Glas", tag: "dishwasher-safe" };
const linen = { en: "Linen", de: "Leinen", tag: "linen" };
const wool = { en: "Wool", de: "Wolle", tag: "wool" };
const cotton = { en: "Cotton", de: "Baumwolle", tag: "organic" };
const hemp = { en: "Hemp", de: "Hanf", tag: "organic" };
const felt = { en: "Felt", de: "Filz", tag: "recycled" };
const canvas = { en: "Canvas", de: "Segeltuch", tag: "waterproof" };
const leather = { en: "Leather", de: "Leder", tag: "made-to-last" };
const nylon = { en: "Recycled Nylon", de: "recyceltem Nylon", tag: "recycled" };
const paper = { en: "Paper", de: "Papier", tag: "recycled" };
const willow = { en: "Willow", de: "Weide", tag: "plastic-free" };

const letters = [
  { en: "S", de: "S" },
  { en: "M", de: "M" },
  { en: "L", de: "L" },
];
const small = [
  { en: "Small", de: "Klein" },
  { en: "Large", de: "Groß" },
];
const volumes = [
  { en: "250 ml", de: "250 ml" },
  { en: "400 ml", de: "400 ml" },
];
const one: Both[] = [];

const clay = [stoneware, porcelain, enamel, glass];
const woods = [oak, ash, birch, walnut];
const cloths = [linen, wool, cotton, hemp];
const tough = [canvas, leather, nylon, hemp];
const metals = [steel, copper, enamel];

/** Category, picture, English, German, materials, price, weight, sizes. */
const rows: [string, Motif, string, string, Material[], number, number, Both[]][] = [
  ["brewing", "brewer", "Dripper", "Handfilter", clay, 2900, 380, small],
  ["brewing", "brewer", "Kettle", "Kessel", metals, 6900, 950, small],
  [
    "brewing",
    "brewer",
    "Coffee Press",
    "Pressstempelkanne",
    [glass, steel, stoneware],
    4900,
    820,
    volumes,
  ],
  ["brewing", "brewer", "Coffee Scoop", "Kaffeelöffel", [...woods, steel, copper], 1200, 60, one],
  ["cups", "cup", "Mug", "Becher", clay, 1800, 330, volumes],
  ["cups", "cup", "Espresso Cup", "Espressotasse", clay, 1400, 180, one],
  ["cups", "cup", "Tea Bowl", "Teeschale", clay, 2400, 260, one],
  ["cups", "cup", "Travel Cup", "Reisebecher", [steel, enamel, glass], 2700, 290, volumes],
  ["kitchen", "board", "Chopping Board", "Schneidebrett", woods, 5900, 2100, letters],
  ["kitchen", "board", "Rolling Pin", "Nudelholz", woods, 2600, 540, one],
  ["kitchen", "board", "Frying Pan", "Bratpfanne", [steel, copper, enamel], 7400, 1500, letters],
  ["kitchen", "board", "Mixing Bowl", "Rührschüssel", [...clay, steel], 3200, 900, letters],
  ["kitchen", "board", "Salad Servers", "Salatbesteck", [...woods, steel], 2800, 120, one],
  ["kitchen", "cloth", "Apron", "Schürze", [linen, cotton, hemp, canvas], 4400, 300, one],
  [
    "lighting",
    "lamp",
    "Table Lamp",
    "Tischlampe",
    [...woods, stoneware, copper],
    8900,
    1500,
    small,
  ],
  [
    "lighting",
    "lamp",
    "Pendant Shade",
    "Lampenschirm",
    [paper, linen, willow, steel],
    5200,
    420,
    letters,
  ],
  [
    "lighting",
    "lamp",
    "Candle Holder",
    "Kerzenhalter",
    [...metals, stoneware, oak],
    2300,
    340,
    one,
  ],
  ["lighting", "lamp", "Lantern", "Laterne", [steel, copper, glass], 5400, 980, small],
  ["textiles", "cloth", "Blanket", "Decke", cloths, 9900, 1100, small],
  ["textiles", "cloth", "Cushion", "Kissen", [...cloths, felt], 4200, 700, small],
  ["textiles", "cloth", "Towel", "Handtuch", [linen, cotton, hemp], 2400, 260, letters],
  ["textiles", "cloth", "Tablecloth", "Tischtuch", [linen, cotton, hemp], 6400, 620, letters],
  ["textiles", "cloth", "Rug", "Teppich", [wool, cotton, hemp, felt], 14900, 3200, letters],
  ["storage", "box", "Crate", "Kiste", woods, 3600, 1500, letters],
  ["storage", "box", "Basket", "Korb", [willow, felt, hemp, paper], 4600, 900, letters],
  ["storage", "box", "Tin", "Dose", [steel, copper, enamel], 2200, 300, small],
  ["storage", "box", "Wall Shelf", "Wandregal", [...woods, steel], 7900, 3100, small],
  ["storage", "box", "Tray", "Tablett", [...woods, steel, felt], 3400, 800, small],
  ["camping", "tent", "Tarp", "Tarp", [canvas, nylon, cotton], 11900, 1700, letters],
  ["camping", "tent", "Camp Stool", "Lagerhocker", [oak, ash, canvas, steel], 5600, 1300, one],
  ["camping", "tent", "Camp Plate", "Lagerteller", [enamel, steel, birch], 1500, 190, one],
  ["camping", "tent", "Sleeping Mat", "Schlafmatte", [wool, felt, nylon], 8400, 900, small],
  [
    "garden",
    "plant",
    "Plant Pot",
    "Pflanztopf",
    [terracotta, stoneware, steel, copper],
    2600,
    1900,
    letters,
  ],
  ["garden", "plant", "Watering Can", "Gießkanne", metals, 5800, 850, small],
  ["garden", "plant", "Trowel", "Handschaufel", [steel, copper], 2900, 310, one],
  ["garden", "plant", "Bird House", "Nistkasten", [...woods, terracotta], 3700, 1400, one],
  ["bags", "pack", "Backpack", "Rucksack", [...tough, felt], 13900, 1100, small],
  ["bags", "pack", "Tote", "Tragetasche", [...tough, linen, cotton], 3900, 260, one],
  ["bags", "pack", "Pannier", "Fahrradtasche", [canvas, nylon, leather], 9400, 1050, one],
  ["bags", "pack", "Pouch", "Beutel", [...tough, felt, linen], 1900, 90, letters],
];

export const things: Thing[] = rows.map(([category, motif, en, de, of, price, grams, sizes]) => {
  return { category, motif, en, de, of, price, grams, sizes };
});

/** Names of lines of products: each beginning with each ending. */
export const beginnings =
  "Al Arn Bal Ber Bren Cal Dal Dor El Eng Fal Fen Gar Gren Hal Har Hel Hol Ing Jar Kal Kel Kir Lan Lin Lor Mal Mar Mor Nar Nor Oss Pel Ran Ros Sal Sel Sol Stran Tal Tor Ul Val Var Vel Wal Wen Yr".split(
    " ",
  );
export const endings =
  "by dal den der dorf feld gard hain heim holm holt horn kil land lau leth lund mar mere mond moor nes ow rup sand sted strand und vik wald wick wyn".split(
    " ",
  );

export const vendors = [
  "Fernhollow",
  "Halden Works",
  "Kettlewick",
  "Moorgate & Daughters",
  "Nordhain",
  "Quillmark",
  "Tamsin Clay",
];

export const openings: Both[] = [
  {
    en: "Made in small batches, and meant for every day.",
    de: "In kleinen Serien gefertigt und für jeden Tag gedacht.",
  },
  {
    en: "A quiet classic that gets better with use.",
    de: "Ein leiser Klassiker, der mit dem Gebrauch gewinnt.",
  },
  {
    en: "Drawn by hand, made by people we know.",
    de: "Von Hand entworfen, gemacht von Leuten, die wir kennen.",
  },
  { en: "Simple, sturdy and easy to mend.", de: "Schlicht, robust und leicht zu reparieren." },
  { en: "For people who buy a thing once.", de: "Für alle, die etwas nur einmal kaufen." },
  { en: "Light in the hand and good to look at.", de: "Leicht in der Hand und schön anzusehen." },
];

export const closings: Both[] = [
  { en: "Spare parts are kept for ten years.", de: "Ersatzteile halten wir zehn Jahre lang vor." },
  { en: "Sent in a box without any plastic.", de: "Kommt in einem Karton ganz ohne Plastik." },
  { en: "No two are quite the same.", de: "Keine zwei sind ganz gleich." },
  {
    en: "Clean it with water and a little patience.",
    de: "Mit Wasser und etwas Geduld zu reinigen.",
  },
  { en: "A favourite in our shop in Leipzig.", de: "Ein Liebling in unserem Leipziger Laden." },
];
