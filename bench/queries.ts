import { defaultTuning } from "#modules/search";

/** A product's page as a storefront asks for it: 20 fields and the variants. */
export const productDetail = `query Product($handle: String!) {
  product(handle: $handle) {
    id handle title description vendor productType locale revision publishedAt updatedAt
    seo { title description }
    priceRange { min max currency }
    images { url alt }
    options { name values }
    categories { handle name }
    tags { handle name }
    variants { id sku title inStock quantity price { amount currency compareAtAmount } options { name value } }
  }
}`;

const searching = (highlights: string) => `query Search($query: String!) {
  searchProducts(query: $query, first: 20) {
    totalCount engine
    edges { node { handle title vendor priceRange { min max currency } highlights { ${highlights} } } }
    facets { categories { value count } vendors { value count } tags { value count } }
  }
}`;

/** A result page with facets, as one types. */
export const searchProducts = searching("title");

/** The same with a snippet of each description. */
export const searchWithSnippets = searching("title description");

/** What both have the engine asked for, but for the query and the highlights. */
export const searched = {
  locale: "en",
  currency: "EUR",
  filter: {},
  sort: "relevance" as const,
  first: 20,
  facets: ["categories" as const, "vendors" as const, "tags" as const],
  withTotal: true,
  pinned: [],
  hidden: [],
  tuning: defaultTuning,
};

export const renameProduct = `mutation Rename($input: UpdateProductInput!) { updateProduct(input: $input) { id } }`;
