import { bagOfBeans, grind } from "../options.ts";
import type { DemoShelf } from "../shape.ts";

const options = [bagOfBeans, grind];
const coffee = { vendor: "Ostrand", type: "Coffee beans", grams: 250, options };

export const beans: DemoShelf = {
  category: "beans",
  motif: "bag",
  products: [
    {
      ...coffee,
      handle: "harbour-dark-roast",
      sku: "OST-HDR",
      price: 1090,
      tags: ["organic", "fair-trade"],
      en: {
        title: "Harbour Dark Roast",
        text: "A heavy, calm coffee for the moka pot and for milk: dark chocolate, walnut and hardly any acidity.",
        details: ["Brazil and Sumatra", "Roasted dark in small drums", "Best within eight weeks"],
      },
      de: {
        title: "Hafenröstung dunkel",
        text: "Ein schwerer, ruhiger Kaffee für Herdkanne und Milch: Zartbitterschokolade, Walnuss und kaum Säure.",
        details: [
          "Brasilien und Sumatra",
          "Dunkel in kleinen Trommeln geröstet",
          "Am besten binnen acht Wochen",
        ],
      },
    },
    {
      ...coffee,
      handle: "meadow-filter-blend",
      sku: "OST-MFB",
      price: 1190,
      tags: ["organic"],
      en: {
        title: "Meadow Filter Blend",
        text: "Bright and tidy in the cup, with apricot, black tea and honey. Made for pour-over and patient mornings.",
        details: ["Ethiopia and Guatemala", "Light roast", "Washed and naturally processed"],
      },
      de: {
        title: "Wiesen-Filtermischung",
        text: "Hell und klar in der Tasse, mit Aprikose, Schwarztee und Honig. Für Handfilter und geduldige Morgen.",
        details: [
          "Äthiopien und Guatemala",
          "Helle Röstung",
          "Gewaschen und natürlich aufbereitet",
        ],
      },
    },
    {
      ...coffee,
      handle: "night-watch-espresso",
      sku: "OST-NWE",
      price: 1250,
      was: 1390,
      tags: ["fair-trade", "gift-idea"],
      en: {
        title: "Night Watch Espresso",
        text: "Thick crema, caramel and roasted hazelnut: an espresso that forgives a hurried hand.",
        details: [
          "A little robusta from Uganda",
          "Medium to dark roast",
          "Rested ten days before we ship it",
        ],
      },
      de: {
        title: "Nachtwache Espresso",
        text: "Dichte Crema, Karamell und geröstete Haselnuss: ein Espresso, der eine eilige Hand verzeiht.",
        details: [
          "Mit etwas Robusta aus Uganda",
          "Mittlere bis dunkle Röstung",
          "Vor dem Versand zehn Tage geruht",
        ],
      },
    },
    {
      ...coffee,
      handle: "quiet-hour-decaf",
      sku: "OST-QHD",
      price: 1290,
      tags: ["organic", "decaf"],
      en: {
        title: "Quiet Hour Decaf",
        text: "Decaffeinated with spring water and nothing else, so that plum and cocoa stay and sleep does too.",
        details: ["Peru, single cooperative", "Mountain water process", "Less than 0.1 % caffeine"],
      },
      de: {
        title: "Stille Stunde entkoffeiniert",
        text: "Nur mit Quellwasser entkoffeiniert, damit Pflaume und Kakao bleiben und der Schlaf auch.",
        details: [
          "Peru, eine einzige Genossenschaft",
          "Bergwasser-Verfahren",
          "Weniger als 0,1 % Koffein",
        ],
      },
    },
    {
      ...coffee,
      handle: "yirga-valley-single-origin",
      sku: "OST-YVS",
      price: 1490,
      tags: ["fair-trade", "organic"],
      en: {
        title: "Yirga Valley Single Origin",
        text: "Jasmine, bergamot and lemon curd from three hundred small gardens at two thousand metres.",
        details: ["Yirgacheffe, Ethiopia", "Washed, heirloom varieties", "Light roast"],
      },
      de: {
        title: "Yirga-Tal Einzellage",
        text: "Jasmin, Bergamotte und Zitronencreme aus dreihundert kleinen Gärten auf zweitausend Metern.",
        details: ["Yirgacheffe, Äthiopien", "Gewaschen, alte Landsorten", "Helle Röstung"],
      },
    },
    {
      ...coffee,
      handle: "first-frost-winter-blend",
      sku: "OST-FFW",
      price: 1350,
      tags: ["gift-idea"],
      draft: true,
      en: {
        title: "First Frost Winter Blend",
        text: "Gingerbread, orange peel and dark cherry. We roast it once a year, when the pond freezes.",
        details: ["Costa Rica and Burundi", "Medium roast", "From November, while it lasts"],
      },
      de: {
        title: "Erster Frost Wintermischung",
        text: "Lebkuchen, Orangenschale und dunkle Kirsche. Wir rösten sie einmal im Jahr, wenn der Teich zufriert.",
        details: [
          "Costa Rica und Burundi",
          "Mittlere Röstung",
          "Ab November, solange der Vorrat reicht",
        ],
      },
    },
  ],
};
