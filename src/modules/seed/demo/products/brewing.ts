import { colour, sizes } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

const cups = sizes(
  [
    ["2 cups", "2 Tassen"],
    ["4 cups", "4 Tassen"],
    ["6 cups", "6 Tassen"],
  ],
  600,
  180,
);

export const brewing: DemoShelf = {
  category: "brewing",
  motif: "brewer",
  products: [
    {
      handle: "kettlewick-pour-over-stand",
      sku: "KET-POS",
      vendor: "Kettlewick",
      type: "Coffee maker",
      price: 5490,
      grams: 1150,
      tags: ["oak", "handmade", "gift-idea"],
      en: {
        title: "Pour-Over Stand in Oak",
        text: "A steady oak frame that holds any cone dripper above any cup, with a brass screw for the height.",
        details: ["Oiled European oak", "Takes cups up to 16 cm", "Folds flat for the cupboard"],
      },
      de: {
        title: "Handfilter-Ständer aus Eiche",
        text: "Ein standfester Eichenrahmen, der jeden Kegelfilter über jede Tasse hält, mit Messingschraube für die Höhe.",
        details: ["Geölte europäische Eiche", "Für Tassen bis 16 cm", "Flach zusammenlegbar"],
      },
    },
    {
      handle: "tamsin-clay-dripper",
      sku: "TAM-DRP",
      vendor: "Tamsin Clay",
      type: "Coffee maker",
      price: 3290,
      grams: 420,
      tags: ["stoneware", "handmade", "dishwasher-safe"],
      options: [
        colour("Cream", "Slate", "Rust"),
        sizes(
          [
            ["01", "Größe 01"],
            ["02", "Größe 02"],
          ],
          400,
          110,
        ),
      ],
      en: {
        title: "Ribbed Stoneware Dripper",
        text: "Twelve spiral ribs keep the paper off the wall, so that the water runs evenly and the bed stays flat.",
        details: ["Fits common cone papers", "Fired at 1,240 °C", "Each one slightly different"],
      },
      de: {
        title: "Gerippter Handfilter aus Steinzeug",
        text: "Zwölf spiralige Rippen halten das Papier von der Wand, so läuft das Wasser gleichmäßig durch ein ebenes Kaffeebett.",
        details: ["Für übliche Kegelpapiere", "Bei 1.240 °C gebrannt", "Jeder ein wenig anders"],
      },
    },
    {
      handle: "kettlewick-gooseneck-kettle",
      sku: "KET-GNK",
      vendor: "Kettlewick",
      type: "Kettle",
      price: 7990,
      was: 8990,
      grams: 980,
      tags: ["steel", "made-to-last"],
      options: [colour("Charcoal", "Cream")],
      en: {
        title: "Gooseneck Kettle, 1 Litre",
        text: "A slow, thin stream that goes where you look. For gas, induction and open fire.",
        details: ["Brushed stainless steel", "Thermometer in the lid", "Spare handle available"],
      },
      de: {
        title: "Schwanenhalskessel, 1 Liter",
        text: "Ein langsamer, dünner Strahl, der dorthin geht, wo man hinsieht. Für Gas, Induktion und offenes Feuer.",
        details: [
          "Gebürsteter Edelstahl",
          "Thermometer im Deckel",
          "Griff als Ersatzteil erhältlich",
        ],
      },
    },
    {
      handle: "halden-moka-pot",
      sku: "HAL-MKP",
      vendor: "Halden Works",
      type: "Coffee maker",
      price: 3490,
      grams: 480,
      tags: ["steel", "made-to-last"],
      options: [cups],
      en: {
        title: "Stovetop Moka Pot",
        text: "Strong coffee in four minutes, on a hob or on embers. Every seal and screw can be replaced.",
        details: [
          "Stainless steel, induction ready",
          "Silicone seal",
          "Spare parts for twenty years",
        ],
      },
      de: {
        title: "Herdkanne Moka",
        text: "Starker Kaffee in vier Minuten, auf dem Herd oder in der Glut. Jede Dichtung und Schraube ist ersetzbar.",
        details: [
          "Edelstahl, auch für Induktion",
          "Dichtung aus Silikon",
          "Ersatzteile für zwanzig Jahre",
        ],
      },
    },
    {
      handle: "kettlewick-hand-grinder",
      sku: "KET-HGR",
      vendor: "Kettlewick",
      type: "Grinder",
      price: 11900,
      grams: 640,
      tags: ["steel", "made-to-last", "gift-idea"],
      en: {
        title: "Hand Grinder with Steel Burrs",
        text: "Forty turns for a cup. Conical burrs of hardened steel, and a dial that clicks from Turkish to French press.",
        details: ["48 settings", "Holds 30 g", "Comes apart without tools"],
      },
      de: {
        title: "Handmühle mit Stahlmahlwerk",
        text: "Vierzig Umdrehungen für eine Tasse. Kegelmahlwerk aus gehärtetem Stahl, in Rasten von türkisch bis French Press.",
        details: ["48 Mahlgrade", "Fasst 30 g", "Ohne Werkzeug zerlegbar"],
      },
    },
    {
      handle: "cold-brew-bottle",
      sku: "KET-CBB",
      vendor: "Kettlewick",
      type: "Coffee maker",
      price: 2890,
      grams: 530,
      tags: ["plastic-free", "dishwasher-safe"],
      options: [
        sizes(
          [
            ["0.75 l", "0,75 l"],
            ["1.2 l", "1,2 l"],
          ],
          700,
          240,
        ),
      ],
      en: {
        title: "Cold Brew Bottle",
        text: "Grounds in the sieve in the evening, sweet cold coffee in the morning. Fits the door of a fridge.",
        details: ["Borosilicate glass", "Fine steel sieve", "Cork stopper"],
      },
      de: {
        title: "Cold-Brew-Flasche",
        text: "Abends Kaffee ins Sieb, morgens süßer kalter Kaffee. Passt in die Kühlschranktür.",
        details: ["Borosilikatglas", "Feines Edelstahlsieb", "Korkverschluss"],
      },
    },
    {
      handle: "linen-coffee-filter",
      sku: "FER-LCF",
      vendor: "Fernhollow",
      type: "Coffee filter",
      price: 1490,
      grams: 30,
      tags: ["linen", "plastic-free", "organic"],
      en: {
        title: "Reusable Linen Filter, Pack of Two",
        text: "Rinse, boil now and then, and use it for a year. Lets through a little more oil than paper does.",
        details: ["Organic linen", "Fits size 02 cones", "Replaces some 300 papers"],
      },
      de: {
        title: "Kaffeefilter aus Leinen, zwei Stück",
        text: "Ausspülen, ab und zu auskochen, ein Jahr benutzen. Lässt etwas mehr Öl durch als Papier.",
        details: ["Bio-Leinen", "Für Kegel der Größe 02", "Ersetzt etwa 300 Papierfilter"],
      },
    },
  ],
};
