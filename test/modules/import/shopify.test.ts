import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readShopify, surveyShopify } from "#modules/import";
import { all, file, fixture, inPieces, sample } from "./streams.ts";

const site = { locale: "en", currency: "EUR" };

async function read(text: string | Uint8Array, currency = "EUR") {
  const survey = await surveyShopify(inPieces(text));
  return all(readShopify(inPieces(text), survey, { locale: "en", currency }));
}

async function productsIn(text: string | Uint8Array, currency?: string) {
  const entries = await read(text, currency);
  return entries.flatMap((entry) =>
    "record" in entry && entry.record.type === "product" ? [entry.record] : [],
  );
}

async function failuresIn(text: string) {
  return (await read(text)).filter((entry) => "reason" in entry);
}

describe("a product over several rows", () => {
  test("comes after the location, the categories and the tags it names, in writable order", async () => {
    const survey = await surveyShopify(file(fixture("shop.csv")));
    expect(survey).toEqual({ products: 2, scattered: new Set() });
    const entries = await all(readShopify(file(fixture("shop.csv")), survey, site));
    expect(
      entries.map((entry) =>
        "record" in entry ? [entry.line, entry.record.type, entry.record.key] : entry,
      ),
    ).toEqual([
      [2, "location", "main"],
      [2, "category", "product/home"],
      [2, "category", "product/home-kitchen"],
      [2, "category", "product/home-kitchen-textiles"],
      [2, "tag", "product/linen"],
      [2, "tag", "product/kitchen"],
      [2, "product", "linen-apron"],
      [8, "product", "gift-card"],
    ]);
  });

  test("has the texts of its first row, its variants, and its pictures by position", async () => {
    const [apron, card] = await productsIn(await readFile(fixture("shop.csv")));
    expect(apron).toEqual({
      type: "product",
      key: "linen-apron",
      handle: "linen-apron",
      status: "published",
      publishedAt: null,
      vendor: "Fernhollow",
      productType: "Apron",
      translations: [
        {
          locale: "en",
          title: "Linen Apron",
          description: '<p>Washed linen.</p>\n<p>Two pockets, "deep" ones.</p>',
          seoTitle: "Linen apron from Fernhollow",
          seoDescription: "Washed linen with deep pockets",
        },
      ],
      options: ["Colour", "Size"],
      variants: [
        {
          sku: "APR-SAND-S",
          barcode: "4006381333931",
          weightGrams: 310,
          options: [
            { name: "Colour", value: "Sand" },
            { name: "Size", value: "S" },
          ],
          translations: [{ locale: "en", title: "Sand / S" }],
          prices: [{ currency: "EUR", amount: 4990, compareAtAmount: 6500 }],
          inventory: [{ location: "main", quantity: 4 }],
        },
        {
          sku: "APR-SAND-L",
          barcode: null,
          weightGrams: 330,
          options: [
            { name: "Colour", value: "Sand" },
            { name: "Size", value: "L" },
          ],
          translations: [{ locale: "en", title: "Sand / L" }],
          prices: [{ currency: "EUR", amount: 4990, compareAtAmount: null }],
          inventory: [{ location: "main", quantity: 0 }],
        },
        {
          sku: "APR-MOSS-L",
          barcode: null,
          weightGrams: 330,
          options: [
            { name: "Colour", value: "Moss" },
            { name: "Size", value: "L" },
          ],
          translations: [{ locale: "en", title: "Moss / L" }],
          prices: [{ currency: "EUR", amount: 5200, compareAtAmount: null }],
          inventory: [{ location: "main", quantity: -2 }],
        },
      ],
      images: [
        { url: "https://pictures.example/apron-front.jpg", alt: null },
        { url: "https://pictures.example/apron-back.jpg", alt: "Back of the apron" },
        { url: "https://pictures.example/apron-detail.jpg", alt: null },
        { url: "https://pictures.example/apron-sand.jpg", alt: null },
      ],
      categories: ["product/home-kitchen-textiles"],
      tags: ["product/linen", "product/kitchen"],
    });
    expect(card).toMatchObject({
      status: "draft",
      options: [],
      variants: [{ options: [], translations: [], inventory: [], weightGrams: null }],
    });
    expect(card?.translations[0]?.title).toBe("Gutschein für Käffchen");
  });

  test("reads the same with a byte order mark, Windows line ends, and old Mac ones", async () => {
    const text = await readFile(fixture("shop.csv"), "utf8");
    const plain = await read(text);
    expect(await read(`\uFEFF${text}`)).toEqual(plain);
    expect(await read(text.replaceAll("\n", "\r\n"))).toEqual(plain);
    expect(await read(text.replaceAll("\n", "\r"))).toEqual(plain);
  });

  test("is read from the column names of the newer templates, too", async () => {
    const [product] = await productsIn(
      "Title,URL handle,Description,Published on online store,SKU,Price,Inventory quantity\n" +
        "Mug,mug,Round,FALSE,M-1,12.50,3\n",
    );
    expect(product).toMatchObject({
      handle: "mug",
      status: "draft",
      translations: [{ description: "Round" }],
      variants: [{ sku: "M-1", prices: [{ amount: 1250 }], inventory: [{ quantity: 3 }] }],
    });
  });
});

const priced = (price: string) => `Handle,Title,Variant Price\nmug,Mug,"${price}"\n`;

describe("what a shop says of a product", () => {
  test.each([
    ["TRUE", "active", "published"],
    ["true", "", "published"],
    ["", "", "published"],
    ["FALSE", "active", "draft"],
    ["TRUE", "draft", "draft"],
    ["TRUE", "archived", "draft"],
  ])("published %j with status %j makes it %s", async (published, status, made) => {
    const [mug] = await productsIn(
      `Handle,Title,Published,Status,Variant Price\nmug,Mug,${published},${status},5\n`,
    );
    expect(mug?.status).toBe(made);
  });

  test("its category and its collection are one where they have one name", async () => {
    const [mug, jug] = await productsIn(
      "Handle,Title,Product Category,Collection,Variant Price\n" +
        "mug,Mug,Cups,Cups,5\njug,Jug,Home > Kitchen,Summer,5\n",
    );
    expect(mug?.categories).toEqual(["product/cups"]);
    expect(jug?.categories).toEqual(["product/home-kitchen", "product/summer"]);
  });
});

describe("an amount", () => {
  test.each([
    ["EUR", "19.99", 1999],
    ["EUR", "0.1", 10],
    ["EUR", "1000000.10", 100000010],
    ["EUR", "5.000", 500],
    ["JPY", "1500", 1500],
    ["JPY", "1500.00", 1500],
    ["KWD", "1.005", 1005],
  ])("in %s of %s is %i minor units", async (currency, price, amount) => {
    const [mug] = await productsIn(priced(price), currency);
    expect(mug?.variants[0]?.prices).toEqual([{ currency, amount, compareAtAmount: null }]);
  });

  test.each(["19.999", "1,999.00", "19,99", "-1", "1e3", "€5", "99999999999999999"])(
    "%s is refused",
    async (price) => {
      expect(await failuresIn(priced(price))).toEqual([
        {
          line: 2,
          reason: `The product "mug" is left out: Variant Price "${price}" is not an amount in EUR`,
        },
      ]);
    },
  );
});

describe("bad rows", () => {
  const header =
    "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\n";

  test("are reported with every fault at once, while the good products go in", async () => {
    const text =
      `${header}bowl,Bowl,TRUE,,,B-1,20,\n` +
      `jug,,maybe,,,J-1,cheap,ftp://jug\n` +
      `cup,Cup,TRUE,,,C-1,12,\n`;
    expect(await failuresIn(text)).toEqual([
      {
        line: 3,
        reason:
          'The product "jug" is left out: Published "maybe" is not TRUE or FALSE; ' +
          'Variant Price "cheap" is not an amount in EUR; Image Src "ftp://jug" is not a web address; ' +
          "Title is missing",
      },
    ]);
    expect((await productsIn(text)).map(({ key }) => key)).toEqual(["bowl", "cup"]);
  });

  test("keep their whole product out, so that no size is missing unseen", async () => {
    const text = `${header}rug,Rug,TRUE,Size,S,R-1,20,\nrug,,,,M,R-2,,\nrug,,,,L,R-3,40,\nrug,,,,L,R-1,40,\n`;
    expect(await read(text)).toEqual([
      { line: 3, reason: 'The product "rug" is left out: Variant Price is missing' },
      {
        line: 5,
        reason:
          'The product "rug" is left out: it is the same variant as in line 4; Variant SKU "R-1" is also in line 2',
      },
    ]);
  });

  test("that are cut off, shifted or hold a NUL are not read any further", async () => {
    const text = `${header}bowl,Bowl,TRUE\ncup,Cup,TRUE,,,C-1,12,,spilled\njug,J\0ug,TRUE,,,J-1,12,\nmug,Mug,TRUE,,,M-1,12,,,\n`;
    expect(await failuresIn(text)).toEqual([
      {
        line: 2,
        reason: 'The product "bowl" is left out: the row has 3 cells where the header has 8',
      },
      {
        line: 3,
        reason: 'The product "cup" is left out: the row has 9 cells where the header has 8',
      },
      { line: 4, reason: 'The product "jug" is left out: the row holds a NUL character' },
    ]);
    expect((await productsIn(text)).map(({ key }) => key)).toEqual(["mug"]);
  });

  test("without a handle, or apart from the other rows of their handle, are each named", async () => {
    const text = `${header}cup,Cup,TRUE,Size,S,C-1,12,\n,Lost,TRUE,,,L-1,12,\nmug,Mug,TRUE,,,M-1,9,\ncup,,,,L,C-2,14,\n`;
    expect(await failuresIn(text)).toEqual([
      {
        line: 2,
        reason: 'The product "cup" is left out: its rows do not follow one another in the file',
      },
      { line: 3, reason: "Handle is missing" },
      {
        line: 5,
        reason:
          'The product "cup" is left out: its rows do not follow one another in the file; Title is missing; ' +
          '"L" is the value of an option without a name',
      },
    ]);
    expect((await productsIn(text)).map(({ key }) => key)).toEqual(["mug"]);
  });

  test("are told by the line they begin at, however many lines a cell spans", async () => {
    const text = `${header}a,"A\n\nlong\ntitle",TRUE,,,,5,\n\nb,B,TRUE,,,,x,\n`;
    expect(await failuresIn(text)).toMatchObject([{ line: 7 }]);
    expect(await failuresIn(text.replaceAll("\n", "\r\n"))).toMatchObject([{ line: 7 }]);
  });
});

async function* failing() {
  yield Buffer.from("Handle,Title,Variant Price\n");
  throw new Error("the disk is gone");
}

describe("a file that cannot be read", () => {
  test.each([
    ["", ["Handle", "Title", "Variant Price"]],
    ["Title,Vendor\nMug,Kettlewick\n", ["Handle", "Variant Price"]],
    ["Handle;Title;Variant Price\nmug;Mug;5\n", ["Handle", "Title", "Variant Price"]],
  ])("for want of columns names all of them: %j", async (text, columns) => {
    await expect(surveyShopify(inPieces(text))).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      details: { reason: "MISSING_COLUMNS", columns },
    });
  });

  test("because a quotation mark is never closed says where that row begins", async () => {
    const text = 'Handle,Title,Variant Price\nmug,Mug,5\ncup,"Cup,6\njug,Jug,7\n';
    await expect(surveyShopify(inPieces(text))).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      message:
        "The file cannot be read beyond line 3: in the row that begins there, a quotation mark is never closed.",
      details: { reason: "MALFORMED_CSV", line: 3 },
    });
  });

  test("because one row is longer than any can be says which", async () => {
    const text = `Handle,Title,Variant Price\nmug,Mug,5\ncup,"${"endless ".repeat(300_000)}",6\n`;
    await expect(surveyShopify(inPieces(text, 65_536))).rejects.toMatchObject({
      details: { reason: "MALFORMED_CSV", line: 3 },
    });
  });

  test("because it is not in UTF-8 says where", async () => {
    const latin = Buffer.from("Handle,Title,Variant Price\nmug,Mug,5\ncafe,Caf\xe9,5\n", "latin1");
    await expect(surveyShopify(inPieces(latin))).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      details: { reason: "NOT_UTF8", line: 3 },
    });
  });

  test("because the disk fails says so as it is", async () => {
    await expect(surveyShopify(failing)).rejects.toThrow("the disk is gone");
  });
});

const absent = !existsSync(sample("apparel.csv"));

test.skipIf(absent).each([
  ["apparel.csv", 2],
  ["home-and-garden.csv", 15],
])("the sample catalogue %s goes in without a fault", async (name, tags) => {
  const survey = await surveyShopify(file(sample(name)));
  expect(survey).toEqual({ products: 20, scattered: new Set() });
  const entries = await all(readShopify(file(sample(name)), survey, site));
  const count = (type: string) =>
    entries.filter((entry) => "record" in entry && entry.record.type === type).length;
  expect([count("location"), count("tag"), count("product")]).toEqual([1, tags, 20]);
  expect(entries).toHaveLength(1 + tags + 20);
});
