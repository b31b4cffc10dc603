import type { DemoArticle } from "../shape.ts";

export const recipes: DemoArticle[] = [
  {
    slug: { en: "bread-in-a-cast-iron-pan", de: "brot-aus-der-gusspfanne" },
    author: "matteo-brandt",
    categories: ["recipes"],
    tags: ["baking", "beginners"],
    motif: "board",
    en: {
      title: "Bread in a cast-iron pan",
      excerpt: "Four ingredients, no kneading, one night. The pan does what a baker's oven would.",
      body: `
**Evening.** Stir 500 g of flour, 375 g of water, 10 g of salt and 2 g of dry yeast, until nothing is dry. Cover it and forget it.

**Morning.** Fold the dough over itself four times. Let it rest for an hour in a floured proving basket.

**Oven.** Heat it to 250 °C with the pan inside and a second pan, or a lid, to go on top. When both are properly hot, tip the bread in, cut it once, and close it.

Thirty minutes closed, fifteen open. It is done when it sounds hollow.

Wait an hour before you slice it. You will not, but now you have been told.`,
    },
    de: {
      title: "Brot aus der Gusspfanne",
      excerpt:
        "Vier Zutaten, kein Kneten, eine Nacht. Die Pfanne ersetzt den Backofen des Bäckers.",
      body: `
**Abends.** 500 g Mehl, 375 g Wasser, 10 g Salz und 2 g Trockenhefe verrühren, bis nichts mehr trocken ist. Zudecken und vergessen.

**Morgens.** Den Teig viermal über sich selbst falten. Eine Stunde im bemehlten Gärkorb ruhen lassen.

**Ofen.** Auf 250 °C heizen, mit der Pfanne darin und einer zweiten oder einem Deckel zum Auflegen. Sind beide richtig heiß, das Brot hineinstürzen, einmal einschneiden, schließen.

Dreißig Minuten geschlossen, fünfzehn offen. Es ist fertig, wenn es hohl klingt.

Warten Sie mit dem Anschneiden eine Stunde. Sie werden es nicht tun, aber nun ist es gesagt.`,
    },
  },
  {
    slug: { en: "affogato-with-night-watch", de: "affogato-mit-nachtwache" },
    author: "jonna-lindqvist",
    categories: ["recipes"],
    tags: ["espresso", "summer"],
    motif: "cup",
    en: {
      title: "Affogato with Night Watch",
      excerpt: "The shortest dessert there is: ice cream, espresso, a minute.",
      body: `
Put the cups into the freezer an hour before. It is the only step that needs planning.

One ball of vanilla ice cream each, or hazelnut if you can get it. Over it a **short, hot espresso**, as thick as you can pull it. Night Watch has the caramel for it; a light roast would taste of lemon here, and not in a good way.

Eat it at once, from the edge inwards. When it has melted, drink the rest.

For grown-ups: a teaspoon of grappa. For children: cocoa instead of espresso.`,
    },
    de: {
      title: "Affogato mit Nachtwache",
      excerpt: "Der kürzeste Nachtisch, den es gibt: Eis, Espresso, eine Minute.",
      body: `
Stellen Sie die Tassen eine Stunde vorher ins Gefrierfach. Das ist der einzige Schritt, der Planung braucht.

Je eine Kugel Vanilleeis, oder Haselnuss, wenn Sie es bekommen. Darüber ein **kurzer, heißer Espresso**, so dicht es geht. Die Nachtwache hat das Karamell dafür; eine helle Röstung schmeckte hier nach Zitrone, und zwar nicht auf die gute Art.

Sofort essen, vom Rand nach innen. Wenn alles geschmolzen ist, den Rest trinken.

Für Erwachsene: ein Teelöffel Grappa. Für Kinder: Kakao statt Espresso.`,
    },
  },
  {
    slug: { en: "salted-rhubarb-cake", de: "rhabarberkuchen-mit-salz" },
    author: "henrik-osei",
    categories: ["recipes", "seasons"],
    tags: ["baking", "spring"],
    motif: "plant",
    en: {
      title: "Salted rhubarb cake",
      excerpt: "From the raised bed to the table in an hour. The salt is not a mistake.",
      body: `
For a tin of 26 cm:

- 400 g of rhubarb, from the first harvest
- 150 g of soft butter, 150 g of sugar, 3 eggs
- 200 g of flour, 2 teaspoons of baking powder
- a good pinch of **flaky salt**

Cut the rhubarb into pieces as long as a finger and toss them in two spoons of the sugar. Beat butter and sugar until pale, add the eggs one by one, fold in the flour.

Dough into the tin, rhubarb on top, salt on the rhubarb. 45 minutes at 180 °C.

The salt makes the sour less sour and the sweet less sweet, so that for once you taste the rhubarb. Serve it with coffee from the moka pot.`,
    },
    de: {
      title: "Rhabarberkuchen mit Salz",
      excerpt: "In einer Stunde vom Hochbeet auf den Tisch. Das Salz ist kein Versehen.",
      body: `
Für eine Form von 26 cm:

- 400 g Rhabarber, aus der ersten Ernte
- 150 g weiche Butter, 150 g Zucker, 3 Eier
- 200 g Mehl, 2 Teelöffel Backpulver
- eine gute Prise **Salzflocken**

Den Rhabarber in fingerlange Stücke schneiden und in zwei Löffeln vom Zucker wenden. Butter und Zucker hell schlagen, die Eier einzeln zugeben, das Mehl unterheben.

Teig in die Form, Rhabarber darauf, Salz auf den Rhabarber. 45 Minuten bei 180 °C.

Das Salz macht das Saure weniger sauer und das Süße weniger süß, sodass man endlich einmal den Rhabarber schmeckt. Dazu Kaffee aus der Herdkanne.`,
    },
  },
];
