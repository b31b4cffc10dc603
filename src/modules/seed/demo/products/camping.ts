import { colour, sizes } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

export const camping: DemoShelf = {
  category: "camping",
  motif: "tent",
  products: [
    {
      handle: "ridge-tent-two",
      sku: "NOR-RT2",
      vendor: "Nordhain",
      type: "Tent",
      price: 42900,
      grams: 2150,
      tags: ["waterproof", "lightweight", "made-to-last"],
      options: [colour("Moss", "Ochre")],
      en: {
        title: "Ridge Tent for Two",
        text: "Stands in four minutes, also with cold hands. Two doors, so that nobody climbs over anybody.",
        details: ["2.15 kg with pegs", "Water column of 4,000 mm", "Repair kit in the bag"],
      },
      de: {
        title: "Firstzelt für zwei",
        text: "Steht in vier Minuten, auch mit kalten Händen. Zwei Eingänge, damit niemand über jemanden klettert.",
        details: ["2,15 kg mit Heringen", "Wassersäule 4.000 mm", "Flickzeug im Beutel"],
      },
    },
    {
      handle: "down-sleeping-bag",
      sku: "NOR-DSB",
      vendor: "Nordhain",
      type: "Sleeping bag",
      price: 28900,
      was: 32900,
      grams: 880,
      tags: ["lightweight", "recycled"],
      options: [
        sizes(
          [
            ["Regular", "Normal"],
            ["Long", "Lang"],
          ],
          2000,
          70,
        ),
        colour("Midnight", "Rust"),
      ],
      en: {
        title: "Sleeping Bag with Recycled Down",
        text: "For nights around freezing. The down had a life in duvets before; the fabric was fishing nets.",
        details: ["Comfort to −1 °C", "Fill power of 700", "Zip on either side"],
      },
      de: {
        title: "Schlafsack mit recycelter Daune",
        text: "Für Nächte um den Gefrierpunkt. Die Daune war einmal Bettdecke, der Stoff ein Fischernetz.",
        details: ["Komfort bis −1 °C", "Bauschkraft 700", "Reißverschluss links oder rechts"],
      },
    },
    {
      handle: "twig-stove",
      sku: "HAL-TWS",
      vendor: "Halden Works",
      type: "Stove",
      price: 5990,
      grams: 390,
      tags: ["steel", "lightweight", "plastic-free"],
      en: {
        title: "Folding Twig Stove",
        text: "Boils half a litre with what lies around. Five steel plates, one pouch, no gas to run out of.",
        details: ["Packs to 1 cm", "Holds pots up to 3 kg", "Mind the local fire rules"],
      },
      de: {
        title: "Faltbarer Hobokocher",
        text: "Kocht einen halben Liter mit dem, was herumliegt. Fünf Stahlplatten, eine Hülle, kein Gas, das ausgeht.",
        details: [
          "Gefaltet 1 cm dick",
          "Trägt Töpfe bis 3 kg",
          "Örtliche Waldbrandregeln beachten",
        ],
      },
    },
    {
      handle: "camp-kettle-blackened",
      sku: "HAL-CKB",
      vendor: "Halden Works",
      type: "Kettle",
      price: 3890,
      grams: 290,
      tags: ["steel", "lightweight"],
      en: {
        title: "Blackened Camp Kettle",
        text: "Already black, so that soot is no loss. Low and wide, it boils fast and does not tip.",
        details: ["0.9 l", "Handle locks upright", "Spout that does not dribble"],
      },
      de: {
        title: "Geschwärzter Lagerkessel",
        text: "Schon schwarz, da schadet Ruß nicht mehr. Flach und breit, kocht schnell und kippt nicht.",
        details: ["0,9 l", "Bügel rastet aufrecht ein", "Tülle, die nicht kleckert"],
      },
    },
    {
      handle: "canvas-tarp",
      sku: "NOR-CVT",
      vendor: "Nordhain",
      type: "Tarp",
      price: 13900,
      grams: 1900,
      tags: ["waterproof", "made-to-last"],
      options: [
        sizes(
          [
            ["3 × 3 m", "3 × 3 m"],
            ["4 × 3 m", "4 × 3 m"],
          ],
          4000,
          650,
        ),
      ],
      en: {
        title: "Canvas Tarp",
        text: "A roof for rain and sparks alike. Nineteen loops, and cotton that breathes when it is dry and closes when it is wet.",
        details: ["Cotton, 240 g/m²", "Reinforced corners", "With lines, without poles"],
      },
      de: {
        title: "Tarp aus Segeltuch",
        text: "Ein Dach gegen Regen und gegen Funken. Neunzehn Schlaufen und Baumwolle, die trocken atmet und nass dicht wird.",
        details: ["Baumwolle, 240 g/m²", "Verstärkte Ecken", "Mit Leinen, ohne Stangen"],
      },
    },
    {
      handle: "folding-saw",
      sku: "MOR-FSW",
      vendor: "Moorgate & Daughters",
      type: "Tool",
      price: 4490,
      grams: 240,
      tags: ["steel", "made-to-last"],
      en: {
        title: "Folding Saw",
        text: "Goes through an arm-thick branch in twelve strokes and disappears into its own handle.",
        details: ["Blade of 20 cm", "Locks open and shut", "Spare blades available"],
      },
      de: {
        title: "Klappsäge",
        text: "Mit zwölf Zügen durch einen armdicken Ast, danach verschwindet sie im eigenen Griff.",
        details: ["Blatt 20 cm", "Rastet offen und geschlossen ein", "Ersatzblätter erhältlich"],
      },
    },
    {
      handle: "wool-camp-blanket",
      sku: "FER-WCB",
      vendor: "Fernhollow",
      type: "Blanket",
      price: 9900,
      grams: 1300,
      tags: ["wool", "recycled"],
      options: [colour("Charcoal", "Spruce")],
      en: {
        title: "Camp Blanket in Recycled Wool",
        text: "Sparks only singe it. With a loop for the rucksack and a button to make a cloak of it.",
        details: ["140 × 200 cm", "From jumpers sorted by colour", "Woven in Prato"],
      },
      de: {
        title: "Lagerdecke aus recycelter Wolle",
        text: "Funken sengen sie höchstens an. Mit Schlaufe für den Rucksack und Knopf, der sie zum Umhang macht.",
        details: ["140 × 200 cm", "Aus farbsortierten Pullovern", "In Prato gewebt"],
      },
    },
  ],
};
