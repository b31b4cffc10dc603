import type { AuthorRecord, CategoryRecord, Source, TagRecord } from "../records.ts";
import { channelElements, childrenOf, notWordpress, textOf, type Element } from "./elements.ts";
import { metaOf, outlineOf, placed, type Outline, type Placed } from "./item.ts";
import { parentsFirst } from "./order.ts";
import * as terms from "./terms.ts";

export interface Picture {
  url: string;
  alt: string | null;
}

/** What has to be known of an export before anything of it is written. */
export interface WordpressSurvey {
  /** Authors, categories (parents first) and tags, whether declared or only named by an item. */
  terms: { line: number; record: AuthorRecord | CategoryRecord | TagRecord }[];
  /** The posts and pages, by key; of two with one id the first. */
  items: ReadonlyMap<string, Placed>;
  comments: number;
  /** The media library, by the id of the attachment. */
  pictures: ReadonlyMap<string, Picture>;
}

/**
 * Reads the whole export once. Memory grows with the number of things in it, never with their texts.
 * Throws UnreadableFile, so that nothing is ever written from one that is cut off.
 */
export async function surveyWordpress(source: Source, locale: string): Promise<WordpressSurvey> {
  const surveyor = new Surveyor(locale);
  for await (const element of channelElements(source())) surveyor.see(element);
  return surveyor.survey();
}

class Surveyor {
  #isExport = false;
  #comments = 0;
  readonly #authors = new Map<string, Found<AuthorRecord>>();
  readonly #categories = new Map<string, Found<CategoryRecord>>();
  readonly #tags = new Map<string, Found<TagRecord>>();
  readonly #outlines = new Map<string, Outline>();
  readonly #pictures = new Map<string, Picture>();
  readonly #locale: string;

  constructor(locale: string) {
    this.#locale = locale;
  }

  see(element: Element): void {
    const { name, line } = element;
    if (name === "wp:wxr_version") this.#isExport = true;
    else if (name === "wp:author") add(this.#authors, line, terms.readAuthor(element));
    else if (name === "wp:tag") add(this.#tags, line, terms.readTag(element));
    else if (name === "wp:category") {
      add(this.#categories, line, terms.readCategory(element, this.#locale));
    } else if (name === "item") this.#seeItem(element);
  }

  #seeItem(item: Element): void {
    const url = textOf(item, "wp:attachment_url");
    if (url)
      this.#pictures.set(textOf(item, "wp:post_id"), {
        url,
        alt: metaOf(item, "_wp_attachment_image_alt") || null,
      });
    const outline = outlineOf(item);
    if (!outline) return;
    const known = this.#outlines.has(outline.key) || !/^item:\d+$/.test(outline.key);
    if (!known) this.#outlines.set(outline.key, outline);
    this.#comments += childrenOf(item, "wp:comment").length;
    this.#seeTerms(item);
  }

  #seeTerms(item: Element): void {
    const login = textOf(item, "dc:creator");
    add(this.#authors, item.line, terms.authorOf(login, login));
    for (const { slug, name } of terms.filedUnder(item, "category")) {
      add(this.#categories, item.line, terms.categoryOf(slug, name, this.#locale));
    }
    for (const { slug, name } of terms.filedUnder(item, "post_tag")) {
      add(this.#tags, item.line, terms.tagOf(slug, name));
    }
  }

  survey(): WordpressSurvey {
    if (!this.#isExport) throw notWordpress("it does not say in which version of the format it is");
    const categories = parentsFirst([...this.#categories.values()].map(({ record }) => record));
    return {
      terms: [
        ...this.#authors.values(),
        ...categories.map((record) => ({
          line: this.#categories.get(record.key)?.line ?? 0,
          record,
        })),
        ...this.#tags.values(),
      ],
      items: placed([...this.#outlines.values()]),
      comments: this.#comments,
      pictures: this.#pictures,
    };
  }
}

interface Found<Term> {
  line: number;
  record: Term;
}

/** The first mention counts, which is the declaration where there is one. A nameless one is none. */
function add<Term extends { key: string; handle: string }>(
  found: Map<string, Found<Term>>,
  line: number,
  record: Term,
): void {
  if (record.handle && !found.has(record.key)) found.set(record.key, { line, record });
}
