import type { Motif } from "../picture.ts";

/** A text in the two languages of the demo shop. */
export interface Both<Text = string> {
  en: Text;
  de: Text;
}

/** A product as it is written down here; the rest follows from it. */
export interface DemoProduct {
  handle: string;
  /** What its variants' SKUs begin with. */
  sku: string;
  vendor: string;
  type: string;
  /** Cents of a euro, for the first variant. */
  price: number;
  /** What it cost before. */
  was?: number;
  grams: number;
  tags: string[];
  options?: DemoOption[];
  /** Not yet for sale. */
  draft?: true;
  en: DemoText;
  de: DemoText;
}

export interface DemoText {
  title: string;
  text: string;
  details: string[];
}

export interface DemoOption {
  name: string;
  values: DemoValue[];
}

export interface DemoValue extends Both {
  /** Cents of a euro and grams on top of the product's own. */
  plus?: number;
  grams?: number;
}

/** The products of one category, which share what their pictures show. */
export interface DemoShelf {
  category: string;
  motif: Motif;
  products: DemoProduct[];
}

export interface DemoArticle {
  slug: Both;
  author: string;
  categories: string[];
  tags: string[];
  motif: Motif;
  en: ArticleText;
  de: ArticleText;
}

export interface ArticleText {
  title: string;
  excerpt: string;
  /** Markdown. */
  body: string;
}
