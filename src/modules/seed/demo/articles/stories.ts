import type { DemoArticle } from "../shape.ts";

export const stories: DemoArticle[] = [
  {
    slug: { en: "a-day-at-tamsin-clay", de: "ein-tag-bei-tamsin-clay" },
    author: "henrik-osei",
    categories: ["makers"],
    tags: ["ceramics", "interview"],
    motif: "cup",
    en: {
      title: "A day at Tamsin Clay",
      excerpt: "Two wheels, one kiln, and a shelf of mugs that did not make it. We asked why.",
      body: `
The workshop is a former lifeboat station. The doors still open wide enough for a boat, and in summer they do.

Tamsin throws sixty mugs a day. "Forty are good, fifteen are fine, and five are for the shelf," she says. On the shelf stand the ones that teach her something: a handle that tore, a glaze that ran.

**Why does every mug have a dent at the top of the handle?**
"Because my grandmother had arthritis. You can carry it with two fingers and a thumb."

**What is the hardest colour?**
"White. Everybody thinks it is the easiest."

The kiln is lit on Thursdays. On Friday nobody is allowed to talk to her. On Saturday it is opened, and that is when we were there.`,
    },
    de: {
      title: "Ein Tag bei Tamsin Clay",
      excerpt:
        "Zwei Drehscheiben, ein Ofen und ein Regal mit Bechern, die es nicht geschafft haben. Wir fragten, warum.",
      body: `
Die Werkstatt war einmal eine Rettungsstation. Die Tore gehen noch immer so weit auf, dass ein Boot hindurchpasst, und im Sommer stehen sie offen.

Tamsin dreht sechzig Becher am Tag. „Vierzig sind gut, fünfzehn sind in Ordnung, und fünf sind fürs Regal“, sagt sie. Im Regal stehen die, von denen sie etwas lernt: ein gerissener Henkel, eine Glasur, die gelaufen ist.

**Warum hat jeder Becher oben am Henkel eine Mulde?**
„Weil meine Großmutter Arthrose hatte. So trägt man ihn mit zwei Fingern und dem Daumen.“

**Welche Farbe ist die schwierigste?**
„Weiß. Alle denken, es sei die leichteste.“

Gebrannt wird donnerstags. Am Freitag darf niemand sie ansprechen. Am Samstag wird geöffnet, und da waren wir dabei.`,
    },
  },
  {
    slug: { en: "where-our-wool-comes-from", de: "woher-unsere-wolle-kommt" },
    author: "henrik-osei",
    categories: ["makers"],
    tags: ["wool", "spring"],
    motif: "cloth",
    en: {
      title: "Where our wool comes from",
      excerpt: "Four hundred sheep, one shepherd, and a mill that was nearly a car park.",
      body: `
In the Rhön hills the sheep keep the meadows open. Without them birch and thorn would close in within ten years. For a long time their wool was worth less than the shearing, and farmers burnt it.

Fernhollow buys all of it, the coarse with the fine. The fine becomes blankets. The coarse becomes felt, and what is too short for felt fills cushions.

The mill in the valley was to be torn down in 2009. Six people bought it instead. The looms are from the sixties, and the youngest weaver is twenty-three.

*A blanket takes the wool of three sheep and five weeks.* Much of that time is spent waiting for it to dry.`,
    },
    de: {
      title: "Woher unsere Wolle kommt",
      excerpt:
        "Vierhundert Schafe, ein Schäfer und eine Weberei, die fast ein Parkplatz geworden wäre.",
      body: `
In der Rhön halten Schafe die Wiesen offen. Ohne sie würden Birke und Dorn sie in zehn Jahren schließen. Lange war ihre Wolle weniger wert als die Schur, und Bauern verbrannten sie.

Fernhollow kauft alles davon, die grobe mit der feinen. Aus der feinen werden Decken. Aus der groben wird Filz, und was dafür zu kurz ist, füllt Kissen.

Die Weberei im Tal sollte 2009 abgerissen werden. Sechs Leute kauften sie stattdessen. Die Webstühle stammen aus den Sechzigern, die jüngste Weberin ist dreiundzwanzig.

*Eine Decke braucht die Wolle von drei Schafen und fünf Wochen.* Einen guten Teil davon wartet man, dass sie trocknet.`,
    },
  },
  {
    slug: { en: "the-knife-that-came-back", de: "das-messer-das-zurueckkam" },
    author: "henrik-osei",
    categories: ["makers"],
    tags: ["repair", "interview"],
    motif: "board",
    en: {
      title: "The knife that came back",
      excerpt:
        "Moorgate & Daughters sharpen what they have sold, for ever. One knife has been back nineteen times.",
      body: `
The parcel is wrapped in the same tea towel each year. Inside lies a cook's knife from 1998, by now two centimetres shorter than it was.

"We could sell her a new one," says Ruth Moorgate. "But look at the handle." It is worn to the shape of one hand.

The two daughters of the firm's name are sixty-one and fifty-eight, and their own daughters do the forging now. They make nine hundred knives a year and sharpen four thousand.

Does that pay? "No," says Ruth. "But people who have a sharp knife buy a second one for somebody else."`,
    },
    de: {
      title: "Das Messer, das zurückkam",
      excerpt:
        "Moorgate & Daughters schärfen, was sie verkauft haben, für immer. Ein Messer war schon neunzehnmal wieder da.",
      body: `
Das Paket ist jedes Jahr in dasselbe Geschirrtuch gewickelt. Darin liegt ein Kochmesser von 1998, inzwischen zwei Zentimeter kürzer als damals.

„Wir könnten ihr ein neues verkaufen“, sagt Ruth Moorgate. „Aber sehen Sie sich den Griff an.“ Er hat sich der Form einer einzigen Hand angepasst.

Die beiden Töchter aus dem Firmennamen sind einundsechzig und achtundfünfzig, das Schmieden übernehmen heute ihre eigenen Töchter. Sie machen neunhundert Messer im Jahr und schärfen viertausend.

Lohnt sich das? „Nein“, sagt Ruth. „Aber wer ein scharfes Messer hat, kauft ein zweites für jemand anderen.“`,
    },
  },
  {
    slug: { en: "the-shop-in-november", de: "der-laden-im-november" },
    author: "jonna-lindqvist",
    categories: ["seasons"],
    tags: ["autumn", "winter"],
    motif: "lamp",
    en: {
      title: "The shop in November",
      excerpt: "Short days, long conversations, and the smell of the winter blend.",
      body: `
In November people do not come in to buy. They come in because it is raining, and because the lamp in the window is on.

Somebody always asks whether the blanket is for sale, the one the dog lies on. It is not. Somebody asks what the winter blend tastes of, and then there are four of us standing around the tasting table, and nobody agrees.

This month we roast on Tuesdays. If you smell gingerbread three streets away, it is the cherry in the Burundi. We cannot explain it either.

We are open until seven. The kettle is on from ten.`,
    },
    de: {
      title: "Der Laden im November",
      excerpt: "Kurze Tage, lange Gespräche und der Duft der Wintermischung.",
      body: `
Im November kommt niemand herein, um etwas zu kaufen. Man kommt, weil es regnet und weil im Fenster die Lampe brennt.

Irgendwer fragt immer, ob die Decke zu haben ist, auf der der Hund liegt. Ist sie nicht. Irgendwer fragt, wonach die Wintermischung schmeckt, und dann stehen wir zu viert am Probiertisch und sind uns nicht einig.

In diesem Monat rösten wir dienstags. Wenn es drei Straßen weiter nach Lebkuchen riecht, ist das die Kirsche im Burundi. Wir können es auch nicht erklären.

Geöffnet ist bis sieben. Der Kessel steht ab zehn auf dem Herd.`,
    },
  },
];
