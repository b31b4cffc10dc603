import type { Both } from "./shape.ts";

interface DemoCategory extends Both {
  handle: string;
  below?: string;
}

export const shopCategories: DemoCategory[] = [
  { handle: "coffee", en: "Coffee", de: "Kaffee" },
  { handle: "beans", below: "coffee", en: "Beans", de: "Bohnen" },
  { handle: "brewing", below: "coffee", en: "Brewing", de: "Zubereitung" },
  { handle: "cups", below: "coffee", en: "Cups & Mugs", de: "Tassen & Becher" },
  { handle: "home", en: "Home", de: "Wohnen" },
  { handle: "kitchen", below: "home", en: "Kitchen", de: "Küche" },
  { handle: "lighting", below: "home", en: "Lighting", de: "Beleuchtung" },
  { handle: "textiles", below: "home", en: "Textiles", de: "Heimtextilien" },
  { handle: "storage", below: "home", en: "Storage", de: "Aufbewahrung" },
  { handle: "outdoor", en: "Outdoor", de: "Draußen" },
  { handle: "camping", below: "outdoor", en: "Camping", de: "Camping" },
  { handle: "garden", below: "outdoor", en: "Garden", de: "Garten" },
  { handle: "bags", below: "outdoor", en: "Bags", de: "Taschen" },
];

export const magazineCategories: DemoCategory[] = [
  { handle: "guides", en: "Guides", de: "Ratgeber" },
  { handle: "brewing-guides", below: "guides", en: "Brewing", de: "Kaffee zubereiten" },
  { handle: "care-guides", below: "guides", en: "Care & Repair", de: "Pflege & Reparatur" },
  { handle: "trail-guides", below: "guides", en: "On the Trail", de: "Unterwegs" },
  { handle: "stories", en: "Stories", de: "Geschichten" },
  { handle: "makers", below: "stories", en: "Makers", de: "Werkstätten" },
  { handle: "seasons", below: "stories", en: "Seasons", de: "Jahreszeiten" },
  { handle: "recipes", en: "Recipes", de: "Rezepte" },
];

/** Handles follow from the names. */
export const shopTags = [
  "Organic",
  "Fair Trade",
  "Handmade",
  "Gift Idea",
  "Plastic-Free",
  "Recycled",
  "Waterproof",
  "Dishwasher-Safe",
  "Wool",
  "Linen",
  "Oak",
  "Steel",
  "Stoneware",
  "Lightweight",
  "Decaf",
  "Made to Last",
];

export const magazineTags = [
  "Beginners",
  "Espresso",
  "Filter Coffee",
  "Cold Brew",
  "Wool",
  "Wood",
  "Ceramics",
  "Winter",
  "Spring",
  "Summer",
  "Autumn",
  "Repair",
  "Hiking",
  "Baking",
  "Interview",
];

export const authors = [
  {
    handle: "jonna-lindqvist",
    name: "Jonna Lindqvist",
    bio: "Roasts by day, tastes by night, and writes down what was worth it.",
  },
  {
    handle: "matteo-brandt",
    name: "Matteo Brandt",
    bio: "Runs the repair bench in the Leipzig shop. Owns one pan.",
  },
  {
    handle: "aylin-demir",
    name: "Aylin Demir",
    bio: "Sleeps outside forty nights a year and tests what we sell for it.",
  },
  {
    handle: "henrik-osei",
    name: "Henrik Osei",
    bio: "Visits the workshops we buy from and brings back their stories.",
  },
];

export const locations = [
  { handle: "berlin-warehouse", name: "Berlin warehouse" },
  { handle: "leipzig-shop", name: "Leipzig shop" },
];
