import { colour, sizes } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

export const lighting: DemoShelf = {
  category: "lighting",
  motif: "lamp",
  products: [
    {
      handle: "reading-lamp-crane",
      sku: "NOR-RLC",
      vendor: "Nordhain",
      type: "Lamp",
      price: 14900,
      grams: 2300,
      tags: ["steel", "made-to-last"],
      options: [colour("Charcoal", "Ochre", "Spruce")],
      en: {
        title: "Reading Lamp Crane",
        text: "Stays where you let go of it. Warm light from 5 to 600 lumens, and a bulb that anyone can change.",
        details: ["Standard E27 socket", "Textile cable, 2.5 m", "Springs without grease"],
      },
      de: {
        title: "Leselampe Kranich",
        text: "Bleibt, wo man sie loslässt. Warmes Licht von 5 bis 600 Lumen und ein Leuchtmittel, das jeder wechseln kann.",
        details: ["Übliche E27-Fassung", "Textilkabel, 2,5 m", "Federn ohne Schmierfett"],
      },
    },
    {
      handle: "paper-pendant-shade",
      sku: "QUI-PPS",
      vendor: "Quillmark",
      type: "Lampshade",
      price: 4490,
      grams: 380,
      tags: ["handmade", "recycled"],
      options: [
        sizes(
          [
            ["35 cm", "35 cm"],
            ["50 cm", "50 cm"],
            ["65 cm", "65 cm"],
          ],
          1400,
          160,
        ),
      ],
      en: {
        title: "Folded Paper Pendant Shade",
        text: "One sheet of cotton paper, ninety-six folds. Arrives flat and opens like a fan.",
        details: ["Made of textile offcuts", "For LED up to 12 W", "Wipes clean with a dry brush"],
      },
      de: {
        title: "Gefalteter Lampenschirm aus Papier",
        text: "Ein Bogen Baumwollpapier, sechsundneunzig Falten. Kommt flach an und öffnet sich wie ein Fächer.",
        details: [
          "Aus Stoffresten geschöpft",
          "Für LED bis 12 W",
          "Mit trockenem Pinsel abzustauben",
        ],
      },
    },
    {
      handle: "beeswax-candles",
      sku: "NOR-BWC",
      vendor: "Nordhain",
      type: "Candle",
      price: 1890,
      grams: 520,
      tags: ["plastic-free", "gift-idea", "organic"],
      options: [
        {
          name: "Pack",
          values: [
            { en: "6 candles", de: "6 Kerzen" },
            { en: "12 candles", de: "12 Kerzen", plus: 1500, grams: 520 },
          ],
        },
      ],
      en: {
        title: "Dipped Beeswax Candles",
        text: "Dipped twenty-eight times, the way it has to be. They smell of the hive and burn for six hours.",
        details: ["Organic beeswax, nothing added", "22 cm, fits common holders", "Cotton wick"],
      },
      de: {
        title: "Gezogene Bienenwachskerzen",
        text: "Achtundzwanzigmal getaucht, wie es sich gehört. Sie duften nach Stock und brennen sechs Stunden.",
        details: [
          "Bio-Bienenwachs ohne Zusätze",
          "22 cm, für übliche Halter",
          "Docht aus Baumwolle",
        ],
      },
    },
    {
      handle: "storm-lantern",
      sku: "HAL-STL",
      vendor: "Halden Works",
      type: "Lantern",
      price: 5490,
      was: 6290,
      grams: 1100,
      tags: ["steel", "waterproof", "made-to-last"],
      options: [colour("Charcoal", "Rust")],
      en: {
        title: "Storm Lantern with LED Wick",
        text: "Looks like its grandfather, charges from the sun, and shines for sixty hours on the lowest step.",
        details: ["USB-C or solar panel", "Survives rain and falls", "Battery with two screws"],
      },
      de: {
        title: "Sturmlaterne mit LED-Docht",
        text: "Sieht aus wie ihr Großvater, lädt in der Sonne und leuchtet auf kleinster Stufe sechzig Stunden.",
        details: [
          "USB-C oder Solarzelle",
          "Übersteht Regen und Stürze",
          "Akku mit zwei Schrauben wechselbar",
        ],
      },
    },
    {
      handle: "oak-table-lamp",
      sku: "NOR-OTL",
      vendor: "Nordhain",
      type: "Lamp",
      price: 9900,
      grams: 1600,
      tags: ["oak", "linen", "handmade"],
      en: {
        title: "Table Lamp of Oak and Linen",
        text: "A turned foot, a linen shade, and a switch that clicks the way switches used to.",
        details: ["38 cm high", "E14 socket", "Shade in natural linen"],
      },
      de: {
        title: "Tischleuchte aus Eiche und Leinen",
        text: "Ein gedrechselter Fuß, ein Leinenschirm und ein Schalter, der klickt, wie Schalter früher klickten.",
        details: ["38 cm hoch", "E14-Fassung", "Schirm aus naturfarbenem Leinen"],
      },
    },
  ],
};
