import { colour, sizes } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

const bed = sizes(
  [
    ["Single", "Einzelbett"],
    ["Double", "Doppelbett"],
  ],
  5000,
  900,
);

export const textiles: DemoShelf = {
  category: "textiles",
  motif: "cloth",
  products: [
    {
      handle: "lambswool-blanket",
      sku: "FER-LWB",
      vendor: "Fernhollow",
      type: "Blanket",
      price: 12900,
      grams: 900,
      tags: ["wool", "made-to-last", "gift-idea"],
      options: [colour("Heather", "Spruce", "Ochre")],
      en: {
        title: "Lambswool Blanket",
        text: "Woven in one piece, washed soft, and big enough for two people who get along.",
        details: ["130 × 190 cm", "Wool from the Rhön hills", "Airing is better than washing"],
      },
      de: {
        title: "Wolldecke aus Lammwolle",
        text: "In einem Stück gewebt, weich gewaschen und groß genug für zwei, die sich verstehen.",
        details: ["130 × 190 cm", "Wolle aus der Rhön", "Lüften ist besser als waschen"],
      },
    },
    {
      handle: "linen-bed-set",
      sku: "FER-LBS",
      vendor: "Fernhollow",
      type: "Bed linen",
      price: 15900,
      grams: 1500,
      tags: ["linen", "organic"],
      options: [colour("Cream", "Slate", "Rust"), bed],
      en: {
        title: "Washed Linen Bed Set",
        text: "Cool in July, warm in January, and never ironed. Coconut buttons, inside seams.",
        details: ["Duvet cover and pillow case", "170 g/m² European flax", "Wash at 40 °C"],
      },
      de: {
        title: "Bettwäsche aus gewaschenem Leinen",
        text: "Kühl im Juli, warm im Januar und nie gebügelt. Kokosknöpfe, innen liegende Nähte.",
        details: [
          "Bettbezug und Kissenbezug",
          "170 g/m² europäischer Flachs",
          "Bei 40 °C waschbar",
        ],
      },
    },
    {
      handle: "waffle-towel",
      sku: "FER-WFT",
      vendor: "Fernhollow",
      type: "Towel",
      price: 2490,
      grams: 220,
      tags: ["linen", "organic"],
      options: [
        colour("Sand", "Slate", "Spruce"),
        sizes(
          [
            ["Hand", "Handtuch"],
            ["Bath", "Badetuch"],
          ],
          2000,
          330,
        ),
      ],
      en: {
        title: "Waffle Towel",
        text: "Dries you quickly and itself even faster. Takes up half the space of terry cloth.",
        details: [
          "Half linen, half cotton",
          "With a loop to hang it by",
          "Softer after every wash",
        ],
      },
      de: {
        title: "Waffelhandtuch",
        text: "Trocknet schnell ab und sich selbst noch schneller. Braucht halb so viel Platz wie Frottee.",
        details: ["Halb Leinen, halb Baumwolle", "Mit Aufhänger", "Nach jeder Wäsche weicher"],
      },
    },
    {
      handle: "wool-floor-cushion",
      sku: "FER-WFC",
      vendor: "Fernhollow",
      type: "Cushion",
      price: 8900,
      grams: 2400,
      tags: ["wool", "recycled"],
      options: [colour("Charcoal", "Ochre")],
      en: {
        title: "Floor Cushion in Felted Wool",
        text: "Filled with wool too short to spin. Holds its shape through films, children and dogs.",
        details: ["60 × 60 × 14 cm", "Cover comes off", "Felted in Saxony"],
      },
      de: {
        title: "Bodenkissen aus Wollfilz",
        text: "Gefüllt mit Wolle, die zum Spinnen zu kurz ist. Behält die Form trotz Filmabend, Kindern und Hund.",
        details: ["60 × 60 × 14 cm", "Bezug abnehmbar", "In Sachsen gefilzt"],
      },
    },
    {
      handle: "tea-towels-striped",
      sku: "FER-TTS",
      vendor: "Fernhollow",
      type: "Tea towel",
      price: 2690,
      grams: 260,
      tags: ["linen", "gift-idea"],
      en: {
        title: "Striped Tea Towels, Set of Three",
        text: "Half linen, so glasses shine and nothing fluffs. Three stripes for three kinds of chores.",
        details: ["50 × 70 cm", "Loop on the short side", "Boil when needed"],
      },
      de: {
        title: "Gestreifte Geschirrtücher, Dreierset",
        text: "Halbleinen, damit Gläser glänzen und nichts fusselt. Drei Streifen für drei Arten Abwasch.",
        details: ["50 × 70 cm", "Aufhänger an der kurzen Seite", "Kochfest"],
      },
    },
    {
      handle: "wool-socks-hut",
      sku: "FER-WSH",
      vendor: "Fernhollow",
      type: "Socks",
      price: 2190,
      grams: 110,
      tags: ["wool", "gift-idea"],
      options: [
        sizes(
          [
            ["36–39", "36–39"],
            ["40–43", "40–43"],
            ["44–47", "44–47"],
          ],
          0,
          15,
        ),
        colour("Slate", "Rust"),
      ],
      en: {
        title: "Hut Socks",
        text: "Thick as a slipper, with a felted sole. For wooden floors, cold tents and long evenings.",
        details: ["85 % wool", "Reinforced heel and toe", "We darn them for you"],
      },
      de: {
        title: "Hüttensocken",
        text: "Dick wie ein Hausschuh, mit gefilzter Sohle. Für Holzdielen, kalte Zelte und lange Abende.",
        details: ["85 % Wolle", "Verstärkte Ferse und Spitze", "Wir stopfen sie"],
      },
    },
    {
      handle: "curtain-loose-weave",
      sku: "FER-CLW",
      vendor: "Fernhollow",
      type: "Curtain",
      price: 7990,
      was: 9490,
      grams: 700,
      tags: ["linen"],
      options: [
        colour("Cream", "Sand"),
        sizes(
          [
            ["240 cm", "240 cm"],
            ["280 cm", "280 cm"],
          ],
          1200,
          120,
        ),
      ],
      en: {
        title: "Loosely Woven Linen Curtain",
        text: "Lets the morning in and keeps the neighbours out. Loops and tape, so it hangs on anything.",
        details: ["140 cm wide", "Unlined", "Shrinks by 2 % at most"],
      },
      de: {
        title: "Locker gewebter Leinenvorhang",
        text: "Lässt den Morgen herein und die Nachbarn draußen. Schlaufen und Band, hängt also überall.",
        details: ["140 cm breit", "Ungefüttert", "Läuft höchstens 2 % ein"],
      },
    },
  ],
};
