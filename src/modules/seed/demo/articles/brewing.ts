import type { DemoArticle } from "../shape.ts";

export const brewing: DemoArticle[] = [
  {
    slug: { en: "pour-over-in-five-steps", de: "handfilter-in-fuenf-schritten" },
    author: "jonna-lindqvist",
    categories: ["brewing-guides"],
    tags: ["beginners", "filter-coffee"],
    motif: "brewer",
    en: {
      title: "Pour-over in five steps",
      excerpt:
        "Sixty grams to the litre, water off the boil, and three pours. That is nearly all of it.",
      body: `
A good filter coffee needs no ceremony. It needs the same few things each time.

1. **Weigh.** Fifteen grams of coffee for a quarter of a litre.
2. **Grind** about as coarse as table salt.
3. **Rinse** the paper with hot water and throw that water away.
4. **Wet** the grounds with thirty grams of water and wait half a minute. They swell and bubble: that is gas leaving.
5. **Pour** the rest in two goes, slowly, from the middle outwards.

After three minutes the dripper should be empty. If it takes longer, grind coarser; if it rushes through, finer. Change one thing at a time, and write it down.

> The most common mistake is not the water and not the beans. It is an old paper bag, left open.`,
    },
    de: {
      title: "Handfilter in fünf Schritten",
      excerpt:
        "Sechzig Gramm auf den Liter, Wasser knapp unter dem Siedepunkt und drei Güsse. Viel mehr ist es nicht.",
      body: `
Guter Filterkaffee braucht keine Zeremonie. Er braucht jedes Mal dieselben paar Dinge.

1. **Wiegen.** Fünfzehn Gramm Kaffee auf einen Viertelliter.
2. **Mahlen**, etwa so grob wie Tafelsalz.
3. Das Papier mit heißem Wasser **spülen** und dieses Wasser weggießen.
4. Das Kaffeemehl mit dreißig Gramm Wasser **anfeuchten** und eine halbe Minute warten. Es quillt und blubbert: Da entweicht Gas.
5. Den Rest in zwei Güssen **aufgießen**, langsam, von der Mitte nach außen.

Nach drei Minuten sollte der Filter leer sein. Dauert es länger, mahlen Sie gröber; geht es zu schnell, feiner. Ändern Sie immer nur eines und schreiben Sie es auf.

> Der häufigste Fehler ist nicht das Wasser und nicht die Bohne. Es ist die alte Papiertüte, die offen herumsteht.`,
    },
  },
  {
    slug: { en: "the-moka-pot-is-not-a-bomb", de: "die-herdkanne-ist-keine-bombe" },
    author: "matteo-brandt",
    categories: ["brewing-guides", "care-guides"],
    tags: ["beginners", "espresso", "repair"],
    motif: "brewer",
    en: {
      title: "The moka pot is not a bomb",
      excerpt: "Why it hisses, when to worry, and which seal to change first.",
      body: `
A moka pot is a small steam engine. Water boils below, pressure builds, and coffee rises. The valve on the side opens long before anything could burst.

## What goes wrong

- **It tastes burnt.** Start with hot water, so that the coffee does not toast while the water heats. Take it off the hob at the first gurgle.
- **It leaks at the thread.** The seal is hard. A new one costs less than a cup of coffee.
- **Nothing comes.** The valve is furred up, or the grind is too fine. Boil the lower part with citric acid and rinse well.

Never press the grounds down. And never use the dishwasher on aluminium, unless you like grey.`,
    },
    de: {
      title: "Die Herdkanne ist keine Bombe",
      excerpt: "Warum sie zischt, wann man sich sorgen muss und welche Dichtung zuerst dran ist.",
      body: `
Eine Herdkanne ist eine kleine Dampfmaschine. Unten kocht Wasser, Druck entsteht, der Kaffee steigt. Das Ventil an der Seite öffnet lange, bevor irgendetwas bersten könnte.

## Was schiefgeht

- **Er schmeckt verbrannt.** Füllen Sie heißes Wasser ein, dann röstet der Kaffee nicht nach, während das Wasser warm wird. Beim ersten Gurgeln vom Herd nehmen.
- **Sie tropft am Gewinde.** Die Dichtung ist hart. Eine neue kostet weniger als eine Tasse Kaffee.
- **Es kommt nichts.** Das Ventil ist verkalkt oder der Kaffee zu fein gemahlen. Das Unterteil mit Zitronensäure auskochen und gut spülen.

Das Kaffeemehl nie festdrücken. Und Aluminium nie in die Spülmaschine, es sei denn, Sie mögen Grau.`,
    },
  },
  {
    slug: { en: "cold-brew-overnight", de: "cold-brew-ueber-nacht" },
    author: "jonna-lindqvist",
    categories: ["brewing-guides", "recipes"],
    tags: ["cold-brew", "summer"],
    motif: "brewer",
    en: {
      title: "Cold brew, overnight",
      excerpt: "One part coffee, twelve parts water, twelve hours. Then ice, or tonic, or nothing.",
      body: `
Cold water takes its time, and leaves the bitterness behind. What you get is sweet, round and strong enough to be stretched.

**You need** 80 g of coarsely ground coffee and one litre of cold water.

Fill, stir, close, and put it in the fridge. After twelve hours take out the sieve. It keeps for four days.

Three ways to drink it:

* over ice, with a strip of orange peel;
* half and half with tonic water, poured slowly over a spoon;
* warmed up, on the first rainy day of August.

A light roast gives you berries and tea. A dark one gives you chocolate.`,
    },
    de: {
      title: "Cold Brew über Nacht",
      excerpt:
        "Ein Teil Kaffee, zwölf Teile Wasser, zwölf Stunden. Dann Eis, Tonic oder gar nichts.",
      body: `
Kaltes Wasser lässt sich Zeit und lässt die Bitterkeit zurück. Heraus kommt etwas Süßes, Rundes, stark genug zum Verlängern.

**Sie brauchen** 80 g grob gemahlenen Kaffee und einen Liter kaltes Wasser.

Einfüllen, umrühren, verschließen, in den Kühlschrank. Nach zwölf Stunden das Sieb herausnehmen. Er hält vier Tage.

Drei Arten, ihn zu trinken:

* auf Eis, mit einem Streifen Orangenschale;
* halb und halb mit Tonic, langsam über einen Löffel gegossen;
* aufgewärmt, am ersten Regentag im August.

Eine helle Röstung bringt Beeren und Tee. Eine dunkle bringt Schokolade.`,
    },
  },
  {
    slug: { en: "how-fresh-is-fresh", de: "wie-frisch-ist-frisch" },
    author: "jonna-lindqvist",
    categories: ["brewing-guides"],
    tags: ["espresso", "filter-coffee"],
    motif: "bag",
    en: {
      title: "How fresh is fresh?",
      excerpt: "Beans straight from the drum taste of little. Give them a week, then be quick.",
      body: `
For the first days after roasting, beans give off gas. It pushes the water away, and the cup tastes thin and sharp. That is why we let espresso rest for ten days before we ship it.

From then on the clock runs the other way:

| | closed bag | open bag | ground |
|---|---|---|---|
| Filter | 8 weeks | 3 weeks | 20 minutes |
| Espresso | 10 weeks | 3 weeks | 20 minutes |

Light, air, warmth and moisture are what ages coffee. A tin with a lid that sinks onto the beans takes care of three of them. The freezer takes care of all four, if you portion the beans first and never thaw them twice.`,
    },
    de: {
      title: "Wie frisch ist frisch?",
      excerpt:
        "Bohnen direkt aus der Trommel schmecken nach wenig. Geben Sie ihnen eine Woche, dann beeilen Sie sich.",
      body: `
In den ersten Tagen nach dem Rösten geben Bohnen Gas ab. Es drängt das Wasser weg, und die Tasse schmeckt dünn und spitz. Darum lassen wir Espresso zehn Tage ruhen, ehe wir ihn verschicken.

Von da an läuft die Uhr andersherum:

| | Tüte zu | Tüte offen | gemahlen |
|---|---|---|---|
| Filter | 8 Wochen | 3 Wochen | 20 Minuten |
| Espresso | 10 Wochen | 3 Wochen | 20 Minuten |

Licht, Luft, Wärme und Feuchtigkeit lassen Kaffee altern. Eine Dose, deren Deckel auf die Bohnen sinkt, nimmt es mit dreien davon auf. Das Gefrierfach schafft alle vier, wenn man vorher portioniert und nie zweimal auftaut.`,
    },
  },
  {
    slug: { en: "grinding-by-hand", de: "mahlen-von-hand" },
    author: "matteo-brandt",
    categories: ["brewing-guides"],
    tags: ["beginners", "repair"],
    motif: "brewer",
    en: {
      title: "Grinding by hand",
      excerpt: "Forty turns, one minute, no noise. And how to clean the burrs without a manual.",
      body: `
An even grind matters more than a dear machine. A hand grinder gives you one for a tenth of the price, and lets the house sleep.

Hold it at a slant. The beans then reach the burrs one after the other, and it turns more easily.

## Once a month

1. Unscrew the dial, and count the clicks while you do.
2. Brush both burrs. A toothbrush will do; water will not.
3. Grind a spoonful of dry rice to take up old oil, and throw it away.
4. Back together, as many clicks as before.

If it wobbles after a year, the bearing is worn. Send us a picture: it is a part for two euros.`,
    },
    de: {
      title: "Mahlen von Hand",
      excerpt:
        "Vierzig Umdrehungen, eine Minute, kein Lärm. Und wie man das Mahlwerk ohne Anleitung reinigt.",
      body: `
Ein gleichmäßiger Mahlgrad zählt mehr als eine teure Maschine. Eine Handmühle liefert ihn für ein Zehntel des Preises und lässt das Haus schlafen.

Halten Sie sie schräg. Dann erreichen die Bohnen das Mahlwerk nacheinander, und es dreht sich leichter.

## Einmal im Monat

1. Das Einstellrad abschrauben und dabei die Rasten zählen.
2. Beide Mahlsteine ausbürsten. Eine Zahnbürste genügt, Wasser schadet.
3. Einen Löffel trockenen Reis mahlen, der nimmt altes Öl auf, und wegwerfen.
4. Wieder zusammensetzen, genauso viele Rasten wie vorher.

Wackelt sie nach einem Jahr, ist das Lager verschlissen. Schicken Sie uns ein Bild: Es ist ein Teil für zwei Euro.`,
    },
  },
];
