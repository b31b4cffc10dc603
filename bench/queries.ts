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

/** A result page with facets, as one types. */
export const searchProducts = `query Search($query: String!) {
  searchProducts(query: $query, first: 20) {
    totalCount
    edges { node { handle title vendor priceRange { min max currency } highlights { title } } }
    facets { categories { value count } vendors { value count } tags { value count } }
  }
}`;

export const renameProduct = `mutation Rename($input: UpdateProductInput!) { updateProduct(input: $input) { id } }`;
