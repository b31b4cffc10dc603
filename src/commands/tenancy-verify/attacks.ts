import { emailOf, type Twin } from "./twin-shop.ts";

export type Values = Record<string, unknown>;
/** What the administrator's password is once it has been changed. */
export const newPasswordOf = ({ password }: Twin) => `${password} anew`;

const thatIs = (id: string) => ({ eq: id, in: [id] });

/** What a REST route is sent: its parameters, its query and its body. */
export interface Sent {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

/** What each query is asked so that it would show the shop whose ids, handles and words these are. */
export const queries: Record<string, (shop: Twin) => Values[]> = {
  auditLog: ({ ids }) => [
    {},
    { filter: { subjectId: thatIs(ids.product) } },
    { filter: { actorId: thatIs(ids.person) } },
  ],
  permissions: () => [],
  roles: () => [{}],
  accountSettings: () => [{}],
  adminAuthor: ({ ids }) => [{ id: ids.ann }],
  adminAuthors: ({ word }) => [
    {},
    { filter: { handle: { eq: "ann" } } },
    { filter: { name: { contains: word } } },
  ],
  adminCategories: ({ ids }) => [
    {},
    { filter: { scope: "product", handle: { eq: "lamps" } } },
    { filter: { parentId: thatIs(ids.home) } },
  ],
  adminCategory: ({ ids }) => [{ id: ids.lamps }],
  adminComments: ({ ids, word }) => [
    {},
    { filter: { parentId: thatIs(ids.post) } },
    { filter: { status: "pending", authorName: { contains: word } } },
    { filter: { email: { contains: word } } },
  ],
  adminMenu: ({ ids }) => [{ id: ids.menu }],
  adminMenus: () => [{}],
  adminNode: ({ ids }) => [{ id: ids.post }, { id: ids.comment }],
  adminNodes: ({ ids, word }) => [
    {},
    { filter: { slug: { eq: "hello" } } },
    { filter: { title: { contains: word } } },
    { filter: { authorId: thatIs(ids.ann) } },
    { filter: { categoryId: thatIs(ids.topics) } },
    { filter: { parentId: thatIs(ids.post) } },
    { filter: { tagId: thatIs(ids.news) } },
  ],
  adminPageRedirects: ({ ids }) => [
    {},
    { filter: { pageId: thatIs(ids.page) } },
    { filter: { path: { eq: "/before" } } },
  ],
  adminProduct: ({ ids }) => [{ id: ids.product }],
  adminProducts: ({ ids, word }) => [
    {},
    { filter: { handle: { eq: "lamp" }, sku: { eq: "lamp-1" } } },
    { filter: { title: { contains: word } } },
    { filter: { vendor: { eq: word } } },
    { filter: { categoryId: thatIs(ids.lamps) } },
    { filter: { tagId: thatIs(ids.light) } },
  ],
  adminStockLocations: () => [{}],
  adminTags: ({ word }) => [
    {},
    { filter: { handle: { eq: "light" } } },
    { filter: { name: { contains: word } } },
  ],
  apiKeys: () => [{}],
  blogAuthor: ({ word }) => [
    { handle: "ann" },
    { handle: word.toLowerCase() },
    { handle: "ann", locale: "de" },
  ],
  blogAuthors: () => [{}, { locale: "de" }],
  categories: () => [{ scope: "product" }, { scope: "content", locale: "de" }],
  comments: ({ ids }) => [{ postId: ids.post }, { postId: ids.post, sort: "NEWEST" }],
  lowStockThreshold: ({ ids }) => [{ variantId: ids.variant }],
  mails: () => [{}, { filter: { template: { contains: "notifications" } } }],
  mailTemplates: () => [{}, { locale: "en" }],
  me: () => [{}],
  menu: ({ word }) => [{ handle: "main" }, { handle: word.toLowerCase(), locale: "de" }],
  notificationPreferences: () => [],
  // A name of the shop's own is in its examples.
  previewMailTemplate: () => [{ input: { template: "notifications.welcome", locale: "en" } }],
  // Every shop has the same.
  modules: () => [],
  node: ({ word }) => [
    { kind: "post", slug: "hello" },
    { kind: "post", slug: word.toLowerCase(), locale: "de" },
  ],
  nodes: ({ ids, word }) => [
    { kind: "post" },
    { kind: "post", filter: { author: { eq: "ann" }, tag: { eq: "news" } } },
    { kind: "post", filter: { title: { contains: word } } },
    { kind: "page", filter: { parentId: thatIs(ids.page) } },
  ],
  oidcProviders: () => [{}],
  page: ({ word }) => [
    { path: "/about" },
    { path: "/before" },
    { path: `/${word.toLowerCase()}`, locale: "de" },
  ],
  pageTree: () => [{}, { locale: "de" }],
  post: ({ word }) => [{ slug: "hello" }, { slug: word.toLowerCase(), locale: "de" }],
  posts: ({ word }) => [
    {},
    { filter: { author: { eq: "ann" }, tag: { eq: "news" } } },
    { filter: { title: { contains: word } } },
  ],
  previewReprojection: ({ ids }) => [{ ids: [ids.light] }, { ids: [ids.lamps, ids.ann] }],
  product: ({ word }) => [{ handle: "lamp" }, { handle: word.toLowerCase(), locale: "de" }],
  products: ({ word }) => [
    {},
    { filter: { category: { eq: "home" }, tag: { eq: "light" } } },
    { filter: { vendor: { eq: word } }, currency: "EUR", locale: "de" },
  ],
  popularQueries: () => [{}, { locale: "en" }],
  queriesWithoutResults: () => [{}, { locale: "en" }],
  search: ({ word }) => [{ query: "" }, { query: word }, { query: swapped(word) }],
  searchContent: ({ word }) => [
    {},
    { query: word },
    { query: swapped(word) },
    { query: "hello", filter: { author: { eq: "ann" }, category: { eq: "topics" } } },
  ],
  searchProducts: ({ word }) => [
    {},
    { query: word },
    { query: swapped(word) },
    { query: "lamp", filter: { vendor: { eq: word }, category: { eq: "home" } } },
  ],
  searchRules: () => [{}, { filter: { kind: "PRODUCTS", query: { eq: "lamp" } } }],
  searchSettings: () => [{ kind: "PRODUCTS", locale: "en" }],
  // There is none without a Meilisearch: search/tenant-tokens.test.ts attacks it.
  searchToken: () => [],
  sessions: () => [{}],
  suggest: ({ word }) => [
    { query: "lamp" },
    { query: word.slice(0, 4) },
    { query: `lamps ${word}`, locale: "de" },
  ],
  tenant: () => [{}],
  // What is set has no word that would tell whose it is.
  tenantSettings: () => [],
  trace: ({ ids }) => [{ eventId: ids.event }],
  user: ({ ids }) => [{ id: ids.person }],
  users: ({ word }) => [
    {},
    { filter: { email: { eq: emailOf("administrator") } } },
    { filter: { name: { contains: word } } },
  ],
};

/** They ask by the caller's own ids: without walls, too, they show the caller's things alone. */
export const aboutTheCaller = [
  "accountSettings",
  "me",
  "previewMailTemplate",
  "sessions",
  "tenant",
];

/** With its second and third letter in the wrong order: found by what is misspelt. */
const swapped = (word: string) => word.replace(/^(.)(.)(.)/, "$1$3$2");

const price = { currency: "EUR", amount: 1 };
const text = (title: string) => [{ locale: "en", title }];
const slug = (title: string) => [{ locale: "en", slug: title, title }];
const name = (named: string) => [{ locale: "en", name: named }];

/**
 * What each mutation is given, in an order in which each finds what it needs when the ids are a shop's own.
 * Every place that takes an id has one: each in turn is then another shop's.
 */
export const mutations: Record<string, (ids: Twin["ids"], shop: Twin) => Values> = {
  createApiKey: () => ({ name: "New", scopes: ["content:read"] }),
  addDomain: () => ({ host: "changed.example" }),
  removeDomain: () => ({ host: "changed.example" }),
  updateTenant: () => ({ name: "Changed" }),
  updateTenantSettings: () => ({ module: "blog", value: { comments: "open" } }),
  createAuthor: () => ({ handle: "new", name: "New" }),
  createCategory: ({ home }) => ({
    scope: "product",
    handle: "new",
    parentId: home,
    translations: name("New"),
  }),
  createMenu: ({ page, lamps, product }) => ({
    handle: "new",
    name: "New",
    items: [{ pageId: page }, { categoryId: lamps }, { productId: product }],
  }),
  createNode: ({ ann, topics, news, post }) => ({
    kind: "comment",
    translations: slug("new"),
    authorId: ann,
    categoryIds: [topics],
    parentId: post,
    tagIds: [news],
  }),
  createOidcProvider: () => ({
    handle: "new",
    name: "New",
    issuer: "https://new.example",
    clientId: "new",
    redirectUris: ["https://shop.example/"],
  }),
  createProduct: ({ lamps, light, berlin }) => ({
    handle: "new",
    translations: text("New"),
    variants: [{ inventory: [{ locationId: berlin, quantity: 1 }] }],
    categoryIds: [lamps],
    tagIds: [light],
  }),
  createRole: () => ({ slug: "new", name: "New", permissions: ["content:read"] }),
  updateRole: ({ role }) => ({ id: role, name: "Changed" }),
  deleteRole: ({ role }) => ({ id: role }),
  createSearchRule: ({ product, spare }) => ({
    kind: "PRODUCTS",
    query: "new",
    pinned: [product],
    hidden: [spare],
  }),
  createStockLocation: () => ({ handle: "new", name: "New" }),
  createTag: () => ({ scope: "product", handle: "new", name: "New" }),
  createUser: () => ({
    email: "new@example.com",
    name: "New",
    role: "editor",
    password: "a password of some length",
  }),
  createVariant: ({ product, berlin }) => ({
    productId: product,
    options: [{ name: "Colour", value: "New" }],
    inventory: [{ locationId: berlin, quantity: 1 }],
  }),
  adjustInventory: ({ variant, berlin }) => ({ variantId: variant, locationId: berlin, delta: 1 }),
  setInventory: ({ variant, berlin }) => ({ variantId: variant, locationId: berlin, quantity: 9 }),
  setLowStockThreshold: ({ variant }) => ({ variantId: variant, threshold: 2 }),
  setMailTemplate: () => ({
    template: "notifications.welcome",
    locale: "en",
    subject: "Changed",
    text: "Changed",
  }),
  resetMailTemplate: () => ({ template: "notifications.welcome", locale: "en" }),
  setNotificationPreference: () => ({ template: "notifications.low-stock", wanted: false }),
  setPrices: ({ variant }) => ({ variantId: variant, prices: [price] }),
  recordSales: ({ product }) => ({ sales: [{ productId: product, units: 3 }] }),
  submitComment: ({ post, comment }) => ({
    postId: post,
    parentId: comment,
    name: "New",
    email: "new@example.com",
    text: "New",
  }),
  disableModule: () => ({ module: "pages" }),
  enableModule: () => ({ module: "pages" }),
  moderateComment: ({ remark }) => ({ id: remark, status: "spam" }),
  movePage: ({ page, subpage, lastPage }) => ({ id: lastPage, parentId: page, beforeId: subpage }),
  unpublishNode: ({ post }) => ({ id: post }),
  publishNode: ({ post }) => ({ id: post }),
  unpublishProduct: ({ product }) => ({ id: product }),
  publishProduct: ({ product }) => ({ id: product }),
  updateAccountSettings: () => ({ registration: true }),
  updateAuthor: ({ ann }) => ({ id: ann, name: "Changed" }),
  updateCategory: ({ lamps, home }) => ({ id: lamps, parentId: home, position: 1 }),
  updateMenu: ({ menu, page, lamps, product }) => ({
    id: menu,
    items: [{ productId: product }, { categoryId: lamps }, { pageId: page }],
  }),
  updateNode: ({ comment, ann, topics, news, post }) => ({
    id: comment,
    authorId: ann,
    categoryIds: [topics],
    parentId: post,
    tagIds: [news],
    position: 1,
  }),
  updateOidcProvider: ({ provider }) => ({ id: provider, name: "Changed" }),
  updateProduct: ({ product, lamps, light, option, variant, berlin }) => ({
    id: product,
    vendor: "Changed",
    options: [{ id: option, name: "Color" }],
    variants: [{ id: variant, inventory: [{ locationId: berlin, quantity: 2 }] }],
    categoryIds: [lamps],
    tagIds: [light],
  }),
  updateSearchRule: ({ rule, product, spare }) => ({
    id: rule,
    pinned: [spare],
    hidden: [product],
  }),
  // Of another kind than the one that is asked for: without walls either shop's could answer.
  updateSearchSettings: () => ({ kind: "CONTENT", locale: "en", stopWords: ["changed"] }),
  updateStockLocation: ({ berlin }) => ({ id: berlin, name: "Changed" }),
  updateTag: ({ light }) => ({ id: light, name: "Changed" }),
  updateUser: ({ customer }) => ({ id: customer, name: "Changed" }),
  updateVariant: ({ variant, berlin }) => ({
    id: variant,
    barcode: "4006381333931",
    inventory: [{ locationId: berlin, quantity: 4 }],
  }),
  // Before the password is changed, which ends the other sessions.
  endSession: ({ session }) => ({ id: session }),
  changePassword: (_, shop) => ({ password: shop.password, newPassword: newPasswordOf(shop) }),
  revokeApiKey: ({ apiKey }) => ({ id: apiKey }),
  removeSecondFactor: ({ customer }) => ({ id: customer }),
  endUserSessions: ({ customer }) => ({ id: customer }),
  deleteOidcProvider: ({ provider }) => ({ id: provider }),
  deleteUser: ({ customer }) => ({ id: customer }),
  deleteComment: ({ remark }) => ({ id: remark }),
  deleteMenu: ({ menu }) => ({ id: menu }),
  deletePageRedirect: ({ redirect }) => ({ id: redirect }),
  deleteSearchRule: ({ rule }) => ({ id: rule }),
  deleteVariant: ({ variant }) => ({ id: variant }),
  deleteProduct: ({ product }) => ({ id: product }),
  deleteNode: ({ post }) => ({ id: post }),
  deleteAuthor: ({ ann }) => ({ id: ann }),
  deleteCategory: ({ lamps }) => ({ id: lamps }),
  deleteTag: ({ light }) => ({ id: light }),
  deleteStockLocation: ({ berlin }) => ({ id: berlin }),
  // Last: from then on the caller is signed out.
  endSessions: () => ({}),
};

/**
 * What is sent to each REST route that takes an id, so that it would show or change the shop whose ids
 * these are; by method and path. Routes that take none are only tried with foreign tokens.
 */
export const routes: Record<string, (shop: Twin) => Sent[]> = {
  "delete /auth/sessions/{id}": ({ ids }) => [{ params: { id: ids.session } }],
  "get /v1/tenants/{id}": (shop) => [{ params: idOf(shop) }],
  "patch /v1/tenants/{id}": (shop) => [{ params: idOf(shop), body: { name: "Changed" } }],
  "post /v1/tenants/{id}/rename": (shop) => [{ params: idOf(shop), body: { slug: "renamed" } }],
  "post /v1/tenants/{id}/suspend": (shop) => [{ params: idOf(shop) }],
  "post /v1/tenants/{id}/resume": (shop) => [{ params: idOf(shop) }],
  "get /v1/tenants/{id}/export": (shop) => [{ params: idOf(shop) }],
  "post /v1/tenants/{id}/delete": (shop) => [
    { params: idOf(shop), body: { confirm: shop.editor.tenant.slug, rows: 0 } },
  ],
  "post /v1/tenants/{id}/domains": (shop) => [
    { params: idOf(shop), body: { host: "route.example" } },
  ],
  "delete /v1/tenants/{id}/domains/{host}": (shop) => [
    { params: { ...idOf(shop), host: `${shop.editor.tenant.slug}.example` } },
  ],
  "get /v1/tenants/{id}/settings/{module}": (shop) => [
    { params: { ...idOf(shop), module: "blog" } },
  ],
  "patch /v1/tenants/{id}/settings/{module}": (shop) => [
    { params: { ...idOf(shop), module: "blog" }, body: { value: { comments: "open" } } },
  ],
};

const idOf = ({ editor }: Twin) => ({ id: editor.tenant.id });

/** What each job would be given to work on the shop whose ids these are. */
export const jobs: Record<string, (ids: Twin["ids"]) => unknown> = {
  "apply-search-settings": () => ({ kind: "products" }),
  "index-all-comments": () => ({}),
  "index-all-pages": () => ({}),
  "index-categories": ({ home, lamps, topics }) => ({ categoryIds: [home, lamps, topics] }),
  "index-comments": ({ post, comment, remark }) => ({ nodeIds: [post, comment, remark] }),
  "index-content": ({ post, comment }) => ({ nodeIds: [post, comment] }),
  "index-pages": ({ page, subpage, lastPage }) => ({ pageIds: [page, subpage, lastPage] }),
  "index-products": ({ product, spare }) => ({ productIds: [product, spare] }),
  notify: ({ remark, event }) => ({ of: "comment", eventId: event, subjectId: remark }),
  "refresh-read-model": () => ({}),
  "send-account-mail": ({ event }) => ({ requestId: event }),
  "send-mail": ({ mail }) => ({ mailId: mail }),
  "watch-stock": ({ variant }) => ({ variantIds: [variant] }),
  "reproject-documents": ({ light, lamps, ann }) => ({ sharedIds: [light, lamps, ann] }),
};

/** What only those may do who run the installation, on the tenant with the id; no shop's editor, not even on their own. */
export const platformOperations: Record<string, (tenantId: string) => Values> = {
  tenants: () => ({}),
  createTenant: () => ({
    input: {
      slug: "created",
      name: "Created",
      defaultLocale: "en",
      locales: ["en"],
      defaultCurrency: "EUR",
      currencies: ["EUR"],
    },
  }),
  renameTenant: (id) => ({ input: { id, slug: "renamed" } }),
  suspendTenant: (id) => ({ input: { id } }),
  resumeTenant: (id) => ({ input: { id } }),
  deleteTenant: (id) => ({ input: { id, confirm: "any", rows: 0 } }),
};

const noEvent = "00000000-0000-7000-8000-000000000000";

/** Of the queues, where these shops have nothing: test/modules/jobs attacks them with jobs of both of two. */
export const queueOperations: Record<string, () => Values> = {
  jobs: () => ({ filter: { eventId: thatIs(noEvent) } }),
  job: () => ({ id: "index-products:1" }),
  retryJob: () => ({ input: { id: "index-products:1" } }),
  discardJob: () => ({ input: { id: "index-products:1" } }),
};
