import { colour, sizes } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

const three = sizes(
  [
    ["S", "S"],
    ["M", "M"],
    ["L", "L"],
  ],
  900,
  350,
);

export const storage: DemoShelf = {
  category: "storage",
  motif: "box",
  products: [
    {
      handle: "stacking-crate-birch",
      sku: "NOR-SCB",
      vendor: "Nordhain",
      type: "Crate",
      price: 3490,
      grams: 1400,
      tags: ["plastic-free", "made-to-last"],
      options: [three],
      en: {
        title: "Stacking Crate in Birch",
        text: "Records, onions, climbing rope. Three sizes that stand on one another in any order.",
        details: ["Birch plywood, 12 mm", "Finger joints, no screws", "Carries 40 kg"],
      },
      de: {
        title: "Stapelkiste aus Birke",
        text: "Platten, Zwiebeln, Kletterseil. Drei Größen, die in jeder Reihenfolge aufeinander stehen.",
        details: ["Birkensperrholz, 12 mm", "Fingerzinken statt Schrauben", "Trägt 40 kg"],
      },
    },
    {
      handle: "coffee-tin-airtight",
      sku: "HAL-CTA",
      vendor: "Halden Works",
      type: "Tin",
      price: 2490,
      grams: 320,
      tags: ["steel", "plastic-free"],
      options: [colour("Charcoal", "Cream", "Moss")],
      en: {
        title: "Airtight Coffee Tin",
        text: "A second lid sinks onto the beans and pushes the air out. They stay fresh for weeks longer.",
        details: ["Holds 500 g", "Food-safe steel", "Label on the bottom, not the front"],
      },
      de: {
        title: "Luftdichte Kaffeedose",
        text: "Ein zweiter Deckel senkt sich auf die Bohnen und drückt die Luft hinaus. So bleiben sie Wochen länger frisch.",
        details: ["Fasst 500 g", "Lebensmittelechter Stahl", "Beschriftung unten statt vorn"],
      },
    },
    {
      handle: "willow-laundry-basket",
      sku: "QUI-WLB",
      vendor: "Quillmark",
      type: "Basket",
      price: 8490,
      grams: 2200,
      tags: ["handmade", "plastic-free"],
      options: [three],
      en: {
        title: "Willow Laundry Basket",
        text: "Cut in winter, woven in spring. It creaks on the stairs and lasts for decades.",
        details: ["Unpeeled willow", "With a linen bag inside", "Woven in Lichtenfels"],
      },
      de: {
        title: "Wäschekorb aus Weide",
        text: "Im Winter geschnitten, im Frühjahr geflochten. Er knarzt auf der Treppe und hält Jahrzehnte.",
        details: ["Ungeschälte Weide", "Mit Leinensack", "In Lichtenfels geflochten"],
      },
    },
    {
      handle: "peg-rail-oak",
      sku: "NOR-PRO",
      vendor: "Nordhain",
      type: "Rail",
      price: 4990,
      grams: 1100,
      tags: ["oak", "handmade"],
      options: [
        sizes(
          [
            ["5 pegs", "5 Haken"],
            ["8 pegs", "8 Haken"],
          ],
          2000,
          600,
        ),
      ],
      en: {
        title: "Peg Rail in Oak",
        text: "The Shakers were right: hang it up, and the floor is free. Turned pegs, hidden screws.",
        details: ["60 or 95 cm", "Oiled, not lacquered", "Screws for wood and masonry"],
      },
      de: {
        title: "Hakenleiste aus Eiche",
        text: "Die Shaker hatten recht: Was hängt, liegt nicht herum. Gedrechselte Haken, verdeckte Schrauben.",
        details: ["60 oder 95 cm", "Geölt statt lackiert", "Schrauben für Holz und Mauerwerk"],
      },
    },
    {
      handle: "felt-desk-organiser",
      sku: "QUI-FDO",
      vendor: "Quillmark",
      type: "Organiser",
      price: 3290,
      grams: 300,
      tags: ["wool", "recycled", "gift-idea"],
      options: [colour("Charcoal", "Heather")],
      en: {
        title: "Desk Organiser in Wool Felt",
        text: "Five pockets from one folded sheet. Keeps pens, cables and glasses, and keeps quiet about it.",
        details: ["26 × 18 × 9 cm", "Felt from offcuts", "No glue, two rivets"],
      },
      de: {
        title: "Schreibtischordner aus Wollfilz",
        text: "Fünf Fächer aus einem gefalteten Stück. Verwahrt Stifte, Kabel und Brille und macht kein Aufheben davon.",
        details: ["26 × 18 × 9 cm", "Filz aus Verschnitt", "Kein Kleber, zwei Nieten"],
      },
    },
  ],
};
