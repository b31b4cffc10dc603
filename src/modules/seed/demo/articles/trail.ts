import type { DemoArticle } from "../shape.ts";

export const trail: DemoArticle[] = [
  {
    slug: { en: "first-night-outside", de: "die-erste-nacht-draussen" },
    author: "aylin-demir",
    categories: ["trail-guides"],
    tags: ["beginners", "summer", "hiking"],
    motif: "tent",
    en: {
      title: "Your first night outside",
      excerpt: "Go near, go in June, and take the warm hat. The rest you will learn by breakfast.",
      body: `
The first time, stay within an hour's walk of a door. Not because you will need it, but because you will sleep better for knowing.

**Choose a place** that is flat, dry and a little raised. Cold air collects in hollows, and so does water. Look up as well: dead branches fall without wind.

**Take** a mat that is warmer than you think, because the ground takes more heat than the air. Take a hat. Take earplugs, if deer barking at night is new to you: it is alarming.

Ask before you pitch. In most of Central Europe wild camping is forbidden, and farmers are often kind.

In the morning, make coffee before anything else. It is what you came for.`,
    },
    de: {
      title: "Die erste Nacht draußen",
      excerpt:
        "Gehen Sie nicht weit, gehen Sie im Juni und nehmen Sie die warme Mütze mit. Den Rest lernen Sie bis zum Frühstück.",
      body: `
Bleiben Sie beim ersten Mal höchstens eine Stunde zu Fuß von einer Tür entfernt. Nicht weil Sie sie brauchen werden, sondern weil Sie besser schlafen, wenn Sie davon wissen.

**Suchen Sie einen Platz**, der eben, trocken und etwas erhöht ist. Kalte Luft sammelt sich in Senken, und Wasser auch. Schauen Sie außerdem nach oben: Tote Äste fallen auch ohne Wind.

**Nehmen Sie** eine Matte, die wärmer ist, als Sie denken, denn der Boden nimmt mehr Wärme als die Luft. Nehmen Sie eine Mütze. Nehmen Sie Ohrstöpsel, falls Ihnen nächtlich bellende Rehe neu sind: Es klingt beunruhigend.

Fragen Sie, bevor Sie aufbauen. Fast überall in Mitteleuropa ist wildes Zelten verboten, und Bauern sind oft freundlich.

Morgens kommt der Kaffee vor allem anderen. Seinetwegen sind Sie hier.`,
    },
  },
  {
    slug: { en: "packing-for-a-week", de: "packen-fuer-eine-woche" },
    author: "aylin-demir",
    categories: ["trail-guides"],
    tags: ["hiking"],
    motif: "pack",
    en: {
      title: "Packing for a week on foot",
      excerpt:
        "Eleven kilos without food and water. What is in, what stays home, and what I always regret.",
      body: `
Lay everything out on the floor. Then put a third of it back. Then weigh.

## From the bottom up

1. Sleeping bag, in a dry sack
2. Clothes for the night
3. Food, close to the back, at the height of your shoulder blades
4. Tent at the side, poles on the other
5. Rain jacket on top, where you can reach it in a hurry

**In:** two pairs of wool socks, a needle with strong thread, a whistle, a real cup.

**Out:** the third T-shirt, the axe, the book of more than three hundred pages.

What I regret each time is the tripod. What I have never regretted is the second lighter.`,
    },
    de: {
      title: "Packen für eine Woche zu Fuß",
      excerpt:
        "Elf Kilo ohne Essen und Wasser. Was mitkommt, was daheim bleibt und was ich jedes Mal bereue.",
      body: `
Legen Sie alles auf den Boden. Räumen Sie dann ein Drittel zurück. Dann wiegen.

## Von unten nach oben

1. Schlafsack, im wasserdichten Beutel
2. Kleidung für die Nacht
3. Essen, nah am Rücken, auf Höhe der Schulterblätter
4. Zelt an der Seite, Gestänge auf der anderen
5. Regenjacke obenauf, wo man sie in Eile greift

**Mit:** zwei Paar Wollsocken, eine Nadel mit festem Faden, eine Pfeife, ein richtiger Becher.

**Nicht mit:** das dritte T-Shirt, die Axt, das Buch mit mehr als dreihundert Seiten.

Was ich jedes Mal bereue, ist das Stativ. Was ich nie bereut habe, ist das zweite Feuerzeug.`,
    },
  },
  {
    slug: { en: "coffee-over-a-fire", de: "kaffee-ueber-dem-feuer" },
    author: "aylin-demir",
    categories: ["trail-guides", "brewing-guides"],
    tags: ["hiking", "autumn"],
    motif: "tent",
    en: {
      title: "Coffee over a fire",
      excerpt: "Flames are for looking at. Coffee is made on embers.",
      body: `
Build the fire small and early. What you want is a bed of glowing hardwood as wide as your kettle.

Boil the water, take it off, and wait until it has stopped rolling. Then a heaped spoonful of coarse coffee for each cup and one for the pot. Stir once. Four minutes.

Now the trick of every shepherd: a splash of **cold water**, poured in from high up. The grounds sink, and stay down while you pour.

Before you go, drown the fire, stir the ashes with your hand, and drown it again. If it is too hot to touch, it is too hot to leave.`,
    },
    de: {
      title: "Kaffee über dem Feuer",
      excerpt: "Flammen sind zum Anschauen da. Kaffee macht man auf Glut.",
      body: `
Machen Sie das Feuer klein und früh. Was Sie wollen, ist ein Bett aus glühendem Hartholz, so breit wie der Kessel.

Wasser aufkochen, vom Feuer nehmen und warten, bis es nicht mehr wallt. Dann einen gehäuften Löffel grob gemahlenen Kaffee je Tasse und einen für die Kanne. Einmal umrühren. Vier Minuten.

Jetzt der Trick aller Hirten: ein Schuss **kaltes Wasser**, aus großer Höhe. Der Satz sinkt und bleibt beim Einschenken unten.

Bevor Sie gehen, das Feuer ertränken, die Asche mit der Hand umrühren und noch einmal ertränken. Was zu heiß zum Anfassen ist, ist zu heiß zum Verlassen.`,
    },
  },
  {
    slug: { en: "rain-all-week", de: "eine-woche-regen" },
    author: "aylin-demir",
    categories: ["trail-guides", "seasons"],
    tags: ["hiking", "autumn"],
    motif: "tent",
    en: {
      title: "Rain all week: notes from the Harz",
      excerpt:
        "Seven days, seven showers, one dry pair of socks. A test of nearly everything we sell.",
      body: `
On Monday the path was a stream. On Tuesday the stream was the path. By Wednesday I had stopped telling them apart.

What held: the ridge tent, the roll-top pannier I used as a food bag, and the tarp, which was our living room. What did not: my mood on Thursday, and a cheap lighter.

A few things I would tell my dry self:

- Put the tent up **under** the tarp. You will thank me while you fold it.
- Wet wool still warms. Wet cotton does not forgive.
- Keep one pair of socks that never, ever leaves the sleeping bag.

On Sunday the sun came out for eleven minutes. We drank coffee, and nobody said a word.`,
    },
    de: {
      title: "Eine Woche Regen: Notizen aus dem Harz",
      excerpt:
        "Sieben Tage, sieben Schauer, ein trockenes Paar Socken. Ein Test für fast alles, was wir verkaufen.",
      body: `
Am Montag war der Weg ein Bach. Am Dienstag war der Bach der Weg. Am Mittwoch unterschied ich die beiden nicht mehr.

Was hielt: das Firstzelt, die Fahrradtasche mit Rollverschluss, die ich als Essensbeutel benutzte, und das Tarp, unser Wohnzimmer. Was nicht hielt: meine Laune am Donnerstag und ein billiges Feuerzeug.

Was ich meinem trockenen Ich sagen würde:

- Bauen Sie das Zelt **unter** dem Tarp auf. Sie danken mir beim Abbauen.
- Nasse Wolle wärmt noch. Nasse Baumwolle verzeiht nichts.
- Ein Paar Socken verlässt den Schlafsack nie, niemals.

Am Sonntag kam elf Minuten lang die Sonne heraus. Wir tranken Kaffee, und niemand sagte ein Wort.`,
    },
  },
];
