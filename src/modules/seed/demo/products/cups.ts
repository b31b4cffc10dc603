import { colour, sizes } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

export const cups: DemoShelf = {
  category: "cups",
  motif: "cup",
  products: [
    {
      handle: "everyday-mug",
      sku: "TAM-EVM",
      vendor: "Tamsin Clay",
      type: "Mug",
      price: 1990,
      grams: 340,
      tags: ["stoneware", "handmade", "dishwasher-safe"],
      options: [
        colour("Cream", "Moss", "Midnight", "Rust"),
        sizes(
          [
            ["250 ml", "250 ml"],
            ["380 ml", "380 ml"],
          ],
          400,
          120,
        ),
      ],
      en: {
        title: "Everyday Mug",
        text: "A thumb rest on the handle, a rim that does not drip, and a glaze that hides what tea leaves behind.",
        details: ["Thrown by hand in Cornwall", "Stacks four high", "For dishwasher and microwave"],
      },
      de: {
        title: "Alltagsbecher",
        text: "Eine Daumenmulde am Henkel, ein Rand, der nicht tropft, und eine Glasur, die Teeränder verschweigt.",
        details: [
          "In Cornwall von Hand gedreht",
          "Vier Stück stapelbar",
          "Für Spülmaschine und Mikrowelle",
        ],
      },
    },
    {
      handle: "espresso-cup-set",
      sku: "TAM-ESC",
      vendor: "Tamsin Clay",
      type: "Cup",
      price: 3690,
      grams: 720,
      tags: ["stoneware", "gift-idea", "dishwasher-safe"],
      options: [colour("Slate", "Cream")],
      en: {
        title: "Espresso Cups, Set of Four",
        text: "Thick walls and a round bottom: the crema stays, and the second sip is as warm as the first.",
        details: ["70 ml each", "Four cups, no saucers", "Packed in wood wool"],
      },
      de: {
        title: "Espressotassen, Viererset",
        text: "Dicke Wände und ein runder Boden: Die Crema bleibt, und der zweite Schluck ist so warm wie der erste.",
        details: ["Je 70 ml", "Vier Tassen ohne Untertassen", "In Holzwolle verpackt"],
      },
    },
    {
      handle: "enamel-camp-mug",
      sku: "HAL-ECM",
      vendor: "Halden Works",
      type: "Mug",
      price: 1290,
      grams: 150,
      tags: ["steel", "lightweight"],
      options: [colour("Spruce", "Cream", "Midnight")],
      en: {
        title: "Enamel Camp Mug",
        text: "Light, loud and hard to break. Stands on a stove, hangs on a rucksack, and chips with dignity.",
        details: ["350 ml", "Enamelled steel", "Rim of stainless steel"],
      },
      de: {
        title: "Emaillebecher",
        text: "Leicht, laut und schwer kaputtzukriegen. Steht auf dem Kocher, hängt am Rucksack und altert in Würde.",
        details: ["350 ml", "Emaillierter Stahl", "Rand aus Edelstahl"],
      },
    },
    {
      handle: "flask-for-the-road",
      sku: "HAL-FFR",
      vendor: "Halden Works",
      type: "Flask",
      price: 3290,
      was: 3790,
      grams: 310,
      tags: ["steel", "plastic-free", "made-to-last"],
      options: [
        colour("Charcoal", "Moss", "Ochre"),
        sizes(
          [
            ["0.35 l", "0,35 l"],
            ["0.5 l", "0,5 l"],
          ],
          500,
          90,
        ),
      ],
      en: {
        title: "Flask for the Road",
        text: "Warm for twelve hours, cold for a day. Two walls of steel, and a lid with nothing inside that could grow.",
        details: [
          "Does not leak upside down",
          "Mouth wide enough for ice",
          "Spare seals in the box",
        ],
      },
      de: {
        title: "Isolierflasche für unterwegs",
        text: "Zwölf Stunden warm, einen Tag kalt. Zwei Wände aus Stahl und ein Deckel, in dem sich nichts sammeln kann.",
        details: [
          "Dicht, auch auf dem Kopf",
          "Weite Öffnung für Eis",
          "Ersatzdichtungen liegen bei",
        ],
      },
    },
    {
      handle: "tea-bowl-with-ash-glaze",
      sku: "TAM-TBA",
      vendor: "Tamsin Clay",
      type: "Cup",
      price: 2790,
      grams: 280,
      tags: ["stoneware", "handmade", "gift-idea"],
      en: {
        title: "Tea Bowl with Ash Glaze",
        text: "The glaze is made from the ash of last year's apple wood, so no two firings come out alike.",
        details: ["300 ml", "Wood-fired twice a year", "Better by hand than by machine"],
      },
      de: {
        title: "Teeschale mit Ascheglasur",
        text: "Die Glasur entsteht aus der Asche des Apfelholzes vom Vorjahr, kein Brand gleicht dem anderen.",
        details: ["300 ml", "Zweimal im Jahr im Holzofen gebrannt", "Lieber von Hand spülen"],
      },
    },
  ],
};
