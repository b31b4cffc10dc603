import type { DemoArticle } from "../shape.ts";

export const care: DemoArticle[] = [
  {
    slug: { en: "seasoning-a-cast-iron-pan", de: "eine-gusspfanne-einbrennen" },
    author: "matteo-brandt",
    categories: ["care-guides"],
    tags: ["beginners", "repair"],
    motif: "board",
    en: {
      title: "Seasoning a cast-iron pan",
      excerpt: "Thin oil, a hot oven, three rounds. Everything else is folklore.",
      body: `
Seasoning is oil that has turned into something like varnish. It forms when a very thin film gets very hot.

1. Scrub the pan, dry it on the hob until it is bone dry.
2. Rub in a teaspoon of linseed or rapeseed oil, inside and out.
3. Wipe it off again as if it had been a mistake. What remains is enough.
4. Upside down into the oven, one hour at 230 °C. Let it cool in there.
5. Twice more.

Soap is allowed; it always was. Soaking is not. If rust shows, steel wool and another round make it disappear. **There is no such thing as a ruined pan**, only one that has not been to our bench yet.`,
    },
    de: {
      title: "Eine Gusspfanne einbrennen",
      excerpt: "Dünnes Öl, heißer Ofen, drei Runden. Alles andere ist Folklore.",
      body: `
Patina ist Öl, das zu einer Art Lack geworden ist. Sie entsteht, wenn ein sehr dünner Film sehr heiß wird.

1. Die Pfanne schrubben und auf dem Herd knochentrocken werden lassen.
2. Einen Teelöffel Lein- oder Rapsöl einreiben, innen und außen.
3. Wieder abwischen, als wäre es ein Versehen gewesen. Was bleibt, genügt.
4. Kopfüber in den Ofen, eine Stunde bei 230 °C. Darin abkühlen lassen.
5. Noch zweimal.

Spülmittel ist erlaubt, das war es immer. Einweichen nicht. Zeigt sich Rost, verschwindet er mit Stahlwolle und einer weiteren Runde. **Eine verdorbene Pfanne gibt es nicht**, nur eine, die noch nicht auf unserer Werkbank lag.`,
    },
  },
  {
    slug: { en: "darning-a-sock", de: "eine-socke-stopfen" },
    author: "matteo-brandt",
    categories: ["care-guides"],
    tags: ["wool", "repair", "winter"],
    motif: "cloth",
    en: {
      title: "Darning a sock, properly",
      excerpt: "A mushroom, a needle, a quarter of an hour. The heel will outlive the rest.",
      body: `
Start before it is a hole. A thin spot takes five minutes; a hole takes fifteen.

Put the sock over a wooden mushroom, or over an orange. With wool of the same weight, lay threads side by side across the hole, and go well into the sound part on either side. Leave a small loop at every turn: wool shrinks, and without slack it will pull.

Then weave at right angles, over and under, the way a basket is made. Push the rows together with the needle.

No knots. They are what gives you blisters. A thread that has been woven in for three centimetres stays where it is.`,
    },
    de: {
      title: "Eine Socke richtig stopfen",
      excerpt: "Ein Stopfpilz, eine Nadel, eine Viertelstunde. Die Ferse überlebt den Rest.",
      body: `
Fangen Sie an, bevor es ein Loch ist. Eine dünne Stelle braucht fünf Minuten, ein Loch fünfzehn.

Ziehen Sie die Socke über einen Stopfpilz oder eine Orange. Legen Sie mit gleich starker Wolle Faden neben Faden über das Loch, und zwar weit in den heilen Teil hinein. Lassen Sie an jeder Kehre eine kleine Schlaufe: Wolle läuft ein, und ohne Spiel zieht es sich zusammen.

Dann im rechten Winkel weben, drüber und drunter, wie man einen Korb flicht. Die Reihen mit der Nadel zusammenschieben.

Keine Knoten. Von denen kommen die Blasen. Ein Faden, der drei Zentimeter eingewebt ist, bleibt, wo er ist.`,
    },
  },
  {
    slug: { en: "oiling-wood", de: "holz-oelen" },
    author: "matteo-brandt",
    categories: ["care-guides"],
    tags: ["wood", "spring"],
    motif: "board",
    en: {
      title: "Oiling wood: boards, pegs, handles",
      excerpt:
        "When water no longer beads, it is time. One rag, one evening, and a warning about that rag.",
      body: `
Let a drop of water fall on your chopping board. If it stays a bead, all is well. If it spreads and darkens, the wood is thirsty.

Use **linseed oil** that is meant for food, or hemp oil. Olive oil goes rancid. Warm it a little, rub it in along the grain, wait twenty minutes and take off what has not gone in. Two thin coats beat one thick one.

For oak rails and ash handles the same oil will do.

## The warning

A rag with linseed oil can catch fire all by itself, hours later. Hang it up outside to dry, flat, or drown it in water. Never crumple it into the bin.`,
    },
    de: {
      title: "Holz ölen: Bretter, Haken, Griffe",
      excerpt:
        "Wenn Wasser nicht mehr abperlt, ist es Zeit. Ein Lappen, ein Abend und eine Warnung vor dem Lappen.",
      body: `
Lassen Sie einen Tropfen Wasser auf Ihr Schneidebrett fallen. Bleibt er als Perle stehen, ist alles gut. Zerläuft er und wird dunkel, hat das Holz Durst.

Nehmen Sie **Leinöl**, das für Lebensmittel gedacht ist, oder Hanföl. Olivenöl wird ranzig. Leicht erwärmen, in Faserrichtung einreiben, zwanzig Minuten warten und abnehmen, was nicht eingezogen ist. Zwei dünne Schichten schlagen eine dicke.

Für Eichenleisten und Eschengriffe taugt dasselbe Öl.

## Die Warnung

Ein Lappen mit Leinöl kann sich von selbst entzünden, noch Stunden später. Hängen Sie ihn ausgebreitet draußen auf oder ertränken Sie ihn in Wasser. Nie zusammengeknüllt in den Müll.`,
    },
  },
  {
    slug: { en: "washing-wool-less", de: "wolle-weniger-waschen" },
    author: "aylin-demir",
    categories: ["care-guides"],
    tags: ["wool", "autumn"],
    motif: "cloth",
    en: {
      title: "Wash wool less",
      excerpt: "Air, fog and patience do most of it. For the rest there are thirty degrees.",
      body: `
Wool cleans itself, up to a point. Hang the blanket out on a foggy night: the fibres swell, let go of smells, and dry again by noon.

For stains, cold water and a drop of gall soap. Dab, never rub.

If it has to be washed:

- the wool programme, 30 °C at most, detergent without enzymes;
- no softener, it glues the scales together;
- roll it in a towel, then dry it lying flat, away from the stove.

Moths like what is dirty and left alone. Shake your blankets out twice a year and they will move next door. Cedar helps a little; using the blanket helps more.`,
    },
    de: {
      title: "Wolle weniger waschen",
      excerpt: "Luft, Nebel und Geduld erledigen das meiste. Für den Rest gibt es dreißig Grad.",
      body: `
Wolle reinigt sich selbst, bis zu einem gewissen Grad. Hängen Sie die Decke in einer Nebelnacht hinaus: Die Fasern quellen, geben Gerüche ab und sind bis mittags wieder trocken.

Gegen Flecken kaltes Wasser und ein Tropfen Gallseife. Tupfen, nie reiben.

Wenn es doch sein muss:

- Wollprogramm, höchstens 30 °C, Waschmittel ohne Enzyme;
- kein Weichspüler, er verklebt die Schuppen;
- ins Handtuch rollen, dann liegend trocknen, weit weg vom Ofen.

Motten mögen, was schmutzig ist und in Ruhe gelassen wird. Schütteln Sie Ihre Decken zweimal im Jahr aus, dann ziehen sie nach nebenan. Zedernholz hilft ein wenig, Benutzen hilft mehr.`,
    },
  },
];
