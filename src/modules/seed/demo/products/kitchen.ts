import { colour, sizes } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

export const kitchen: DemoShelf = {
  category: "kitchen",
  motif: "board",
  products: [
    {
      handle: "cooks-knife-carbon-steel",
      sku: "MOR-CKN",
      vendor: "Moorgate & Daughters",
      type: "Knife",
      price: 12900,
      grams: 210,
      tags: ["steel", "handmade", "made-to-last"],
      options: [
        sizes(
          [
            ["18 cm", "18 cm"],
            ["21 cm", "21 cm"],
          ],
          1600,
          35,
        ),
      ],
      en: {
        title: "Cook's Knife in Carbon Steel",
        text: "Takes an edge in a minute and a patina in a month. Forged, ground and handled by the same three people.",
        details: ["Carbon steel, 61 HRC", "Handle of pear wood", "Free sharpening for life"],
      },
      de: {
        title: "Kochmesser aus Kohlenstoffstahl",
        text: "In einer Minute scharf, in einem Monat mit Patina. Geschmiedet, geschliffen und gegriffelt von denselben drei Leuten.",
        details: [
          "Kohlenstoffstahl, 61 HRC",
          "Griff aus Birnbaum",
          "Lebenslang kostenlos geschärft",
        ],
      },
    },
    {
      handle: "end-grain-chopping-board",
      sku: "MOR-EGB",
      vendor: "Moorgate & Daughters",
      type: "Chopping board",
      price: 8900,
      grams: 2900,
      tags: ["oak", "handmade", "made-to-last"],
      options: [
        sizes(
          [
            ["30 × 20 cm", "30 × 20 cm"],
            ["40 × 30 cm", "40 × 30 cm"],
          ],
          4000,
          2600,
        ),
      ],
      en: {
        title: "End-Grain Chopping Board",
        text: "Upright oak fibres close again behind the blade: kinder to knives, and ready for one more decade.",
        details: ["Oak from the Spessart", "Two grips, four feet", "Oiled with linseed"],
      },
      de: {
        title: "Schneidebrett aus Stirnholz",
        text: "Stehende Eichenfasern schließen sich hinter der Klinge wieder: schonend fürs Messer und gut für ein weiteres Jahrzehnt.",
        details: ["Eiche aus dem Spessart", "Zwei Griffmulden, vier Füße", "Mit Leinöl behandelt"],
      },
    },
    {
      handle: "cast-iron-pan",
      sku: "HAL-CIP",
      vendor: "Halden Works",
      type: "Pan",
      price: 6490,
      was: 7490,
      grams: 1900,
      tags: ["steel", "made-to-last", "plastic-free"],
      options: [
        sizes(
          [
            ["24 cm", "24 cm"],
            ["28 cm", "28 cm"],
          ],
          1500,
          700,
        ),
      ],
      en: {
        title: "Cast-Iron Pan, Seasoned",
        text: "Ground smooth, seasoned three times, and as happy in the oven as over a fire.",
        details: [
          "Two pouring lips",
          "Any hob, oven and grill",
          "Handle you can hold with a cloth",
        ],
      },
      de: {
        title: "Gusseiserne Pfanne, eingebrannt",
        text: "Glatt geschliffen, dreimal eingebrannt und im Ofen so zu Hause wie über dem Feuer.",
        details: [
          "Zwei Ausgüsse",
          "Für jeden Herd, Ofen und Grill",
          "Griff, den man mit dem Tuch fasst",
        ],
      },
    },
    {
      handle: "bread-proving-basket",
      sku: "QUI-BPB",
      vendor: "Quillmark",
      type: "Baking",
      price: 2190,
      grams: 260,
      tags: ["plastic-free", "handmade"],
      options: [
        sizes(
          [
            ["500 g", "500 g"],
            ["1 kg", "1 kg"],
          ],
          500,
          110,
        ),
      ],
      en: {
        title: "Proving Basket of Wood Pulp",
        text: "Draws a little moisture from the dough and leaves its rings on the crust. No cane, no splinters.",
        details: ["Spruce pulp, pressed", "Dry it in the cooling oven", "With a linen cover"],
      },
      de: {
        title: "Gärkorb aus Holzschliff",
        text: "Nimmt dem Teig etwas Feuchte und zeichnet Ringe in die Kruste. Kein Peddigrohr, keine Splitter.",
        details: ["Gepresster Fichtenschliff", "Im auskühlenden Ofen trocknen", "Mit Leinentuch"],
      },
    },
    {
      handle: "salt-cellar-with-lid",
      sku: "TAM-SCL",
      vendor: "Tamsin Clay",
      type: "Tableware",
      price: 2490,
      grams: 390,
      tags: ["stoneware", "gift-idea"],
      options: [colour("Cream", "Rust")],
      en: {
        title: "Salt Cellar with Oak Lid",
        text: "Open with the back of a wet hand, closed by its own weight. Unglazed inside, so the salt stays dry.",
        details: ["Holds 250 g", "Lid of oiled oak", "Beside the stove since 2014"],
      },
      de: {
        title: "Salztopf mit Eichendeckel",
        text: "Mit dem nassen Handrücken zu öffnen, vom eigenen Gewicht geschlossen. Innen unglasiert, so bleibt das Salz trocken.",
        details: ["Fasst 250 g", "Deckel aus geölter Eiche", "Seit 2014 neben dem Herd"],
      },
    },
    {
      handle: "pepper-mill-ash",
      sku: "MOR-PMA",
      vendor: "Moorgate & Daughters",
      type: "Mill",
      price: 4900,
      grams: 330,
      tags: ["handmade", "made-to-last", "gift-idea"],
      en: {
        title: "Pepper Mill in Ash Wood",
        text: "A steel mechanism with a ten-year promise in a body turned from a single piece of ash.",
        details: ["18 cm", "From fine to coarse", "Refills without a screwdriver"],
      },
      de: {
        title: "Pfeffermühle aus Esche",
        text: "Ein Stahlmahlwerk mit zehn Jahren Garantie in einem Körper, aus einem Stück Esche gedrechselt.",
        details: ["18 cm", "Von fein bis grob", "Ohne Schraubendreher nachzufüllen"],
      },
    },
    {
      handle: "linen-apron",
      sku: "FER-APR",
      vendor: "Fernhollow",
      type: "Apron",
      price: 5490,
      grams: 310,
      tags: ["linen", "organic"],
      options: [colour("Sand", "Slate", "Moss")],
      en: {
        title: "Cross-Back Linen Apron",
        text: "No knot, no neck strap: it goes on like a pinafore and forgets that it is there.",
        details: ["Washed European linen", "Two deep pockets", "One size, knee length"],
      },
      de: {
        title: "Leinenschürze mit gekreuztem Rücken",
        text: "Kein Knoten, kein Nackenband: übergezogen und schon vergessen.",
        details: [
          "Gewaschenes europäisches Leinen",
          "Zwei tiefe Taschen",
          "Einheitsgröße, knielang",
        ],
      },
    },
  ],
};
