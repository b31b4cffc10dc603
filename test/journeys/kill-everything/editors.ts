import type { Administrator } from "../an-administrator.ts";
import { rest } from "../onlooker.ts";

const operations = {
  create: "mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }",
  update: "mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }",
  publish: "mutation ($id: Id!) { publishProduct(input: { id: $id }) { id } }",
  unpublish: "mutation ($id: Id!) { unpublishProduct(input: { id: $id }) { id } }",
  remove: "mutation ($id: Id!) { deleteProduct(input: { id: $id }) }",
  found: "mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { id } }",
  rename: "mutation ($input: UpdateCategoryInput!) { updateCategory(input: $input) { id } }",
};

/** What editors do; every answered write counts. */
export class Editors {
  written = 0;
  readonly counts: Partial<Record<keyof typeof operations, number>> = {};
  private readonly categories: string[] = [];
  private handles = 0;

  constructor(
    private readonly administrator: Administrator,
    private readonly random: () => number,
  ) {}

  /** Undefined when nobody knows whether it was done. */
  private async write<Data>(
    what: keyof typeof operations,
    variables: Record<string, unknown>,
  ): Promise<Data | undefined> {
    const data = await this.administrator.attempt<Data>(operations[what], variables);
    if (data) {
      this.written += 1;
      this.counts[what] = (this.counts[what] ?? 0) + 1;
    } else await rest(200);
    return data;
  }

  async foundCategories(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      const input = {
        scope: "product",
        handle: `category-${n}`,
        translations: [{ locale: "en", name: `Category ${n}` }],
      };
      const answer = await this.write<{ createCategory: { id: string } }>("found", { input });
      if (answer) this.categories.push(answer.createCategory.id);
    }
  }

  async create(): Promise<string> {
    for (;;) {
      const handle = `product-${++this.handles}`;
      const input = {
        handle,
        status: "published",
        categoryIds: this.categories.filter(() => this.random() < 0.3),
        translations: [{ locale: "en", title: `Made as ${handle}` }],
        variants: [{ sku: handle, prices: [{ currency: "EUR", amount: 1_000 }] }],
      };
      const answer = await this.write<{ createProduct: { id: string } }>("create", { input });
      if (answer) return answer.createProduct.id;
    }
  }

  async retitle(id: string): Promise<void> {
    const title = `Title ${this.written}`;
    await this.write("update", { input: { id, translations: [{ locale: "en", title }] } });
  }

  /** Something or other happens to a product of one's own; answers with which one to go on. */
  async change(id: string): Promise<string> {
    const dice = this.random();
    if (dice < 0.08) {
      await this.write("unpublish", { id });
      await this.write("publish", { id });
    } else if (dice < 0.14) {
      await this.write("remove", { id });
      return this.create();
    } else if (dice < 0.16) {
      await this.renameCategory();
    } else {
      await this.retitle(id);
    }
    return id;
  }

  private async renameCategory(): Promise<void> {
    const id = this.categories[Math.floor(this.random() * this.categories.length)];
    const translations = [{ locale: "en", name: `Category as of ${this.written}` }];
    await this.write("rename", { input: { id, translations } });
  }
}
