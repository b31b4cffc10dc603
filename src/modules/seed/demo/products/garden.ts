import { colour, sizes } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

export const garden: DemoShelf = {
  category: "garden",
  motif: "plant",
  products: [
    {
      handle: "terracotta-pot-frost-proof",
      sku: "TAM-TPF",
      vendor: "Tamsin Clay",
      type: "Plant pot",
      price: 2290,
      grams: 1800,
      tags: ["handmade", "plastic-free"],
      options: [
        sizes(
          [
            ["18 cm", "18 cm"],
            ["26 cm", "26 cm"],
            ["34 cm", "34 cm"],
          ],
          1500,
          2600,
        ),
      ],
      en: {
        title: "Frost-Proof Terracotta Pot",
        text: "Fired hotter and longer, so that winter may come. The rim is rolled, the hole is big enough.",
        details: ["Guaranteed to −20 °C", "Saucer included", "Goes green beautifully"],
      },
      de: {
        title: "Frostfester Terrakottatopf",
        text: "Heißer und länger gebrannt, der Winter kann kommen. Der Rand ist gerollt, das Loch groß genug.",
        details: ["Frostfest bis −20 °C", "Mit Untersetzer", "Setzt schöne Patina an"],
      },
    },
    {
      handle: "copper-watering-can",
      sku: "HAL-CWC",
      vendor: "Halden Works",
      type: "Watering can",
      price: 6900,
      grams: 850,
      tags: ["handmade", "gift-idea", "made-to-last"],
      en: {
        title: "Copper Watering Can, 2 Litres",
        text: "A long spout that reaches behind the monstera, and a rose for seedlings. Soldered, not glued.",
        details: ["Brass rose, comes off", "Balanced when full", "Darkens with the years"],
      },
      de: {
        title: "Gießkanne aus Kupfer, 2 Liter",
        text: "Ein langer Hals, der hinter die Monstera reicht, und eine Brause für Sämlinge. Gelötet, nicht geklebt.",
        details: [
          "Messingbrause, abnehmbar",
          "Auch voll gut ausbalanciert",
          "Dunkelt mit den Jahren nach",
        ],
      },
    },
    {
      handle: "hand-trowel-forged",
      sku: "MOR-HTF",
      vendor: "Moorgate & Daughters",
      type: "Garden tool",
      price: 3290,
      grams: 320,
      tags: ["steel", "handmade", "made-to-last"],
      en: {
        title: "Forged Hand Trowel",
        text: "One piece of steel from tip to tang. Cuts roots, lifts bulbs and does not bend in clay.",
        details: ["Ash handle", "Depth marks in centimetres", "Leather loop"],
      },
      de: {
        title: "Geschmiedete Handschaufel",
        text: "Ein Stück Stahl von der Spitze bis zur Angel. Schneidet Wurzeln, hebt Zwiebeln und biegt sich nicht im Lehm.",
        details: ["Griff aus Esche", "Tiefenmarken in Zentimetern", "Lederschlaufe"],
      },
    },
    {
      handle: "meadow-seed-mix",
      sku: "NOR-MSM",
      vendor: "Nordhain",
      type: "Seeds",
      price: 990,
      grams: 50,
      tags: ["organic", "plastic-free"],
      options: [
        sizes(
          [
            ["5 m²", "5 m²"],
            ["20 m²", "20 m²"],
          ],
          1600,
          150,
        ),
      ],
      en: {
        title: "Meadow Seed Mix",
        text: "Thirty-one native kinds, from cornflower to quaking grass. Sow it, mow it twice a year, and watch who comes.",
        details: ["Regional seed", "For poor, sunny soil", "Sow in March or September"],
      },
      de: {
        title: "Wiesensaat",
        text: "Einunddreißig heimische Arten, von Kornblume bis Zittergras. Säen, zweimal im Jahr mähen und schauen, wer kommt.",
        details: ["Regiosaatgut", "Für magere, sonnige Böden", "Aussaat im März oder September"],
      },
    },
    {
      handle: "raised-bed-larch",
      sku: "NOR-RBL",
      vendor: "Nordhain",
      type: "Raised bed",
      price: 18900,
      was: 21900,
      grams: 38000,
      tags: ["made-to-last", "plastic-free"],
      en: {
        title: "Raised Bed in Larch",
        text: "Boards as thick as a thumb, slotted together in ten minutes. Larch needs no paint for fifteen years.",
        details: ["150 × 80 × 55 cm", "No screws, no tools", "Vole mesh included"],
      },
      de: {
        title: "Hochbeet aus Lärche",
        text: "Daumendicke Bohlen, in zehn Minuten gesteckt. Lärche braucht fünfzehn Jahre lang keinen Anstrich.",
        details: ["150 × 80 × 55 cm", "Ohne Schrauben und Werkzeug", "Mit Wühlmausgitter"],
      },
    },
    {
      handle: "garden-gloves-goatskin",
      sku: "QUI-GGG",
      vendor: "Quillmark",
      type: "Gloves",
      price: 2790,
      grams: 130,
      tags: ["made-to-last", "gift-idea"],
      options: [
        sizes(
          [
            ["S", "S"],
            ["M", "M"],
            ["L", "L"],
          ],
          0,
          10,
        ),
        colour("Sand", "Moss"),
      ],
      en: {
        title: "Goatskin Garden Gloves",
        text: "Thin enough for seedlings, tough enough for roses. The cuff keeps the earth out of your watch.",
        details: ["Vegetable tanned", "Seams turned outward", "Dry them in the shade"],
      },
      de: {
        title: "Gartenhandschuhe aus Ziegenleder",
        text: "Dünn genug für Sämlinge, zäh genug für Rosen. Die Stulpe hält die Erde von der Uhr fern.",
        details: ["Pflanzlich gegerbt", "Nähte nach außen", "Im Schatten trocknen"],
      },
    },
  ],
};
