import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { distinctBy, Handle, label, localeOf, perTenant, verbatim } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import type { Tenant } from "#kernel/context";
import { Id } from "#kernel/ids";

/** An address of the web, a mail address, or a path of the site itself. */
const Url = verbatim(2_000).refine(
  (url) => /^\/(?!\/)/.test(url) || /^(https?|mailto|tel):/.test(schemeOf(url)),
  "must be a path that begins with a slash, or an http(s), mailto or tel URL",
);

/** As a browser reads it, so that nothing passes for what it is not. */
const schemeOf = (url: string): string => (URL.canParse(url) ? new URL(url).protocol : "");

const targets = ["pageId", "categoryId", "productId", "url"] as const;

const itemOf = (tenant: Tenant) =>
  z
    .object({
      level: z.int().min(0).max(2).default(0),
      labels: z
        .array(z.object({ locale: localeOf(tenant), label: label(255) }))
        .superRefine(distinctBy(({ locale }) => locale, "locale"))
        .default([]),
      locales: z
        .array(localeOf(tenant))
        .min(1)
        .superRefine(distinctBy((locale) => locale, "locale"))
        .nullish(),
      pageId: Id.nullish(),
      categoryId: Id.nullish(),
      productId: Id.nullish(),
      url: Url.nullish(),
    })
    .refine((item) => targets.filter((target) => item[target]).length === 1, {
      error: `must point at exactly one thing: ${targets.join(", ")}`,
    })
    .refine(({ url, labels }) => !url || labels.length > 0, {
      path: ["labels"],
      error: "must name a URL, which has no name of its own",
    });

const itemsOf = (tenant: Tenant) =>
  z
    .array(itemOf(tenant))
    .max(500)
    .superRefine((items, issue) => {
      items.forEach(({ level }, index) => {
        const deepest = index === 0 ? 0 : (items[index - 1]?.level ?? 0) + 1;
        if (level <= deepest) return;
        issue.addIssue({
          code: "custom",
          path: [index, "level"],
          message: `must be at most ${deepest}: one more than the item before`,
        });
      });
    });

export const createMenu = perTenant((tenant) =>
  z.object({ handle: Handle, name: label(255), items: itemsOf(tenant).default([]) }),
);
export type CreateMenu = z.output<ReturnType<typeof createMenu>>;

export const updateMenu = perTenant((tenant) =>
  key.extend({
    handle: Handle.optional(),
    name: label(255).optional(),
    items: itemsOf(tenant).optional(),
  }),
);
export type UpdateMenu = z.output<ReturnType<typeof updateMenu>>;

@InputType()
export class MenuLabelInput {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  label!: string;
}

@InputType({ description: "Points at exactly one thing." })
export class MenuItemInput {
  @Field(() => Int, {
    nullable: true,
    description: "0, if left out, at the top; else below the nearest item before with a lower one.",
  })
  level?: number;

  @Field(() => [MenuLabelInput], {
    nullable: true,
    description: "Where there is none for a locale, what it points at says its own name.",
  })
  labels?: MenuLabelInput[];

  @Field(() => [String], { nullable: true, description: "Shown in these alone; else in all." })
  locales?: string[] | null;

  @Field(() => GraphQLId, { nullable: true })
  pageId?: string | null;

  @Field(() => GraphQLId, { nullable: true })
  categoryId?: string | null;

  @Field(() => GraphQLId, { nullable: true })
  productId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A path of the site, or an http(s), mailto or tel URL.",
  })
  url?: string | null;
}

@ValidatedBy(createMenu)
@InputType()
export class CreateMenuInput implements z.input<ReturnType<typeof createMenu>> {
  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [MenuItemInput], { nullable: true })
  items?: MenuItemInput[];
}

@ValidatedBy(updateMenu)
@InputType({ description: "What is left out stays; a list that is given says all there is to be." })
export class UpdateMenuInput extends KeyInput implements z.input<ReturnType<typeof updateMenu>> {
  @Field(() => String, { nullable: true })
  handle?: string;

  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => [MenuItemInput], { nullable: true })
  items?: MenuItemInput[];
}
