import { colour, sizes } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

export const bags: DemoShelf = {
  category: "bags",
  motif: "pack",
  products: [
    {
      handle: "day-pack-waxed",
      sku: "QUI-DPW",
      vendor: "Quillmark",
      type: "Backpack",
      price: 14900,
      grams: 980,
      tags: ["waterproof", "made-to-last"],
      options: [colour("Moss", "Charcoal", "Rust")],
      en: {
        title: "Waxed Day Pack, 18 Litres",
        text: "Sheds a shower, stands up by itself, and opens wide enough to find the keys.",
        details: [
          "Waxed cotton canvas",
          "Laptop sleeve of 14 inches",
          "Brass hooks, leather straps",
        ],
      },
      de: {
        title: "Gewachster Tagesrucksack, 18 Liter",
        text: "Steckt einen Schauer weg, steht von allein und geht so weit auf, dass man die Schlüssel findet.",
        details: ["Gewachste Baumwolle", "Fach für 14-Zoll-Rechner", "Messinghaken, Lederriemen"],
      },
    },
    {
      handle: "trail-pack-45",
      sku: "NOR-TP4",
      vendor: "Nordhain",
      type: "Backpack",
      price: 21900,
      grams: 1350,
      tags: ["lightweight", "recycled", "waterproof"],
      options: [
        colour("Spruce", "Midnight"),
        sizes(
          [
            ["Short back", "Kurzer Rücken"],
            ["Long back", "Langer Rücken"],
          ],
          0,
          60,
        ),
      ],
      en: {
        title: "Trail Pack 45",
        text: "For a week on foot. The load sits on the hips, the rain cover in the lid, the snacks within reach.",
        details: ["45 + 5 litres", "Fabric of recycled nylon", "Repairs are free for ten years"],
      },
      de: {
        title: "Wanderrucksack 45",
        text: "Für eine Woche zu Fuß. Die Last sitzt auf der Hüfte, die Regenhülle im Deckel, der Proviant in Reichweite.",
        details: [
          "45 + 5 Liter",
          "Gewebe aus recyceltem Nylon",
          "Zehn Jahre lang kostenlose Reparatur",
        ],
      },
    },
    {
      handle: "market-tote-linen",
      sku: "FER-MTL",
      vendor: "Fernhollow",
      type: "Tote bag",
      price: 2490,
      grams: 190,
      tags: ["linen", "plastic-free", "gift-idea"],
      options: [colour("Sand", "Heather")],
      en: {
        title: "Market Tote in Heavy Linen",
        text: "Carries fifteen kilos of apples and folds into its own pocket. Handles for shoulder or hand.",
        details: ["Linen, 320 g/m²", "Bottom sewn double", "Wash at 60 °C"],
      },
      de: {
        title: "Markttasche aus schwerem Leinen",
        text: "Trägt fünfzehn Kilo Äpfel und verschwindet in der eigenen Tasche. Henkel für Schulter oder Hand.",
        details: ["Leinen, 320 g/m²", "Doppelt genähter Boden", "Bei 60 °C waschbar"],
      },
    },
    {
      handle: "bicycle-pannier",
      sku: "QUI-BCP",
      vendor: "Quillmark",
      type: "Pannier",
      price: 9900,
      was: 11900,
      grams: 1050,
      tags: ["waterproof", "recycled"],
      options: [colour("Charcoal", "Ochre")],
      en: {
        title: "Roll-Top Bicycle Pannier",
        text: "Clicks onto any rack with one hand and stays dry inside for as long as you are willing to ride.",
        details: ["20 litres", "Welded seams of old truck tarpaulin", "Reflective strip"],
      },
      de: {
        title: "Fahrradtasche mit Rollverschluss",
        text: "Rastet mit einer Hand an jedem Gepäckträger ein und bleibt innen trocken, solange man fahren mag.",
        details: ["20 Liter", "Verschweißte Nähte aus alter Lkw-Plane", "Reflexstreifen"],
      },
    },
    {
      handle: "weekender-felt-and-leather",
      sku: "QUI-WFL",
      vendor: "Quillmark",
      type: "Travel bag",
      price: 18900,
      grams: 1400,
      tags: ["wool", "handmade"],
      draft: true,
      en: {
        title: "Weekender in Felt and Leather",
        text: "Three days of clothes, a book and good shoes. The felt is thick enough to keep its shape when empty.",
        details: ["38 litres", "Cabin size", "Zip of solid brass"],
      },
      de: {
        title: "Reisetasche aus Filz und Leder",
        text: "Kleidung für drei Tage, ein Buch und gute Schuhe. Der Filz ist so dick, dass sie auch leer die Form behält.",
        details: ["38 Liter", "Handgepäckmaß", "Reißverschluss aus massivem Messing"],
      },
    },
  ],
};
