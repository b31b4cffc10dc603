import { Field, GraphQLISODateTime, InputType } from "type-graphql";
import { z } from "zod";
import { type SearchKind, searchKinds } from "#entities/search/search-settings";
import type { InputIssue } from "#kernel/errors";
import { distinctIds, localeOf, Moment, perTenant, verbatim } from "#kernel/fields";
import { key, KeyInput } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import { SearchKindEnum } from "../kind.ts";
import { longestQuery, normalised } from "../query.ts";

const query = verbatim(longestQuery)
  .transform(normalised)
  .refine((said) => said.length > 0, "must not be empty");
const said = {
  pinned: distinctIds(50),
  hidden: distinctIds(200),
  startsAt: Moment.nullish(),
  endsAt: Moment.nullish(),
};

/** What a rule says, or as much of it as is known. */
export interface Said {
  pinned?: string[] | undefined;
  hidden?: string[] | undefined;
  startsAt?: Date | null | undefined;
  endsAt?: Date | null | undefined;
}

/** What does not go together. */
export function misfits({ pinned = [], hidden = [], startsAt, endsAt }: Said): InputIssue[] {
  const both = pinned.flatMap((id, i) =>
    hidden.includes(id) ? [{ path: ["pinned", i], message: "is hidden as well" }] : [],
  );
  return startsAt && endsAt && startsAt >= endsAt
    ? [...both, { path: ["endsAt"], message: "must be after startsAt" }]
    : both;
}

function fit(rule: Said, context: z.RefinementCtx): void {
  for (const issue of misfits(rule)) context.addIssue({ code: "custom", ...issue });
}

/** Beside faults elsewhere these are judged still, so that every fault is told at once. */
const unlessUnreadable = {
  when: ({ issues }: z.core.ParsePayload) =>
    issues.every(({ path = [], continue: readable }) => readable || !(String(path[0]) in said)),
};

export const createSearchRule = perTenant((tenant) =>
  z
    .object({
      kind: z.enum(searchKinds),
      locale: localeOf(tenant).nullish(),
      query,
      ...said,
      pinned: said.pinned.default([]),
      hidden: said.hidden.default([]),
    })
    .superRefine(fit, unlessUnreadable),
);
export type CreateSearchRule = z.output<ReturnType<typeof createSearchRule>>;

export const updateSearchRule = perTenant((tenant) =>
  key
    .extend({
      locale: localeOf(tenant).nullish(),
      query: query.optional(),
      ...said,
      pinned: said.pinned.optional(),
      hidden: said.hidden.optional(),
    })
    .superRefine(fit, unlessUnreadable),
);
export type UpdateSearchRule = z.output<ReturnType<typeof updateSearchRule>>;

const locale = { nullable: true, description: "One of the tenant's; null for all." };
const asked = "Whatever its case and the spaces around; at most 200 characters.";
const pinned = {
  nullable: true,
  description: "What comes first, in this order, whatever words it holds; at most 50.",
};
const hidden = { nullable: true, description: "What is left out; at most 200." };
const startsAt = { nullable: true, description: "Null for at once." };
const endsAt = {
  nullable: true,
  description: "The first moment at which it does not apply any more; null for never.",
};

@ValidatedBy(createSearchRule)
@InputType()
export class CreateSearchRuleInput {
  @Field(() => SearchKindEnum)
  kind!: SearchKind;

  @Field(() => String, locale)
  locale?: string | null;

  @Field(() => String, { description: asked })
  query!: string;

  @Field(() => [GraphQLId], pinned)
  pinned?: string[];

  @Field(() => [GraphQLId], hidden)
  hidden?: string[];

  @Field(() => GraphQLISODateTime, startsAt)
  startsAt?: Date | null;

  @Field(() => GraphQLISODateTime, endsAt)
  endsAt?: Date | null;
}

@ValidatedBy(updateSearchRule)
@InputType({
  description: "What is left out stays; a list that is given replaces the one there is.",
})
export class UpdateSearchRuleInput extends KeyInput {
  @Field(() => String, locale)
  locale?: string | null;

  @Field(() => String, { nullable: true, description: asked })
  query?: string;

  @Field(() => [GraphQLId], pinned)
  pinned?: string[];

  @Field(() => [GraphQLId], hidden)
  hidden?: string[];

  @Field(() => GraphQLISODateTime, startsAt)
  startsAt?: Date | null;

  @Field(() => GraphQLISODateTime, endsAt)
  endsAt?: Date | null;
}
