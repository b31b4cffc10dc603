import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { label, localeOf, perTenant, text, verbatim } from "#kernel/fields";
import { ValidatedBy } from "#kernel/graphql/validation";

const which = perTenant((tenant) =>
  z.object({ template: z.string().max(100), locale: localeOf(tenant) }),
);

export const setMailTemplate = perTenant((tenant) =>
  which(tenant).extend({
    subject: label(200).refine((line) => !/[\r\n]/.test(line), "must be one line"),
    text: label(20_000),
    html: verbatim(50_000).nullish(),
    revision: z.int().min(0).nullish(),
  }),
);
export type SetMailTemplate = z.output<ReturnType<typeof setMailTemplate>>;

export const resetMailTemplate = perTenant((tenant) =>
  which(tenant).extend({ revision: z.int().min(0).nullish() }),
);
export type ResetMailTemplate = z.output<ReturnType<typeof resetMailTemplate>>;

export const previewMailTemplate = perTenant((tenant) =>
  which(tenant).extend({
    subject: text(200).nullish(),
    text: text(20_000).nullish(),
    html: verbatim(50_000).nullish(),
  }),
);
export type PreviewMailTemplate = z.output<ReturnType<typeof previewMailTemplate>>;

@InputType()
export class MailTemplateKeyInput {
  @Field(() => String, { description: "Its name, such as accounts.password-reset." })
  template!: string;

  @Field(() => String, { description: "One of the tenant's." })
  locale!: string;
}

@ValidatedBy(setMailTemplate)
@InputType({ description: "In Liquid: `{{ site }}` says a variable." })
export class SetMailTemplateInput extends MailTemplateKeyInput {
  @Field(() => String, { description: "One line." })
  subject!: string;

  @Field(() => String, { description: "Plain text; a line that is a URL becomes a link in HTML." })
  text!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "What is inside the page, sanitised when it is sent; made from the text if left out.",
  })
  html?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "The revision you read, 0 of what was never set; a stale one is a CONFLICT.",
  })
  revision?: number | null;
}

@ValidatedBy(resetMailTemplate)
@InputType()
export class ResetMailTemplateInput extends MailTemplateKeyInput {
  @Field(() => Int, { nullable: true, description: "The revision you read." })
  revision?: number | null;
}

@ValidatedBy(previewMailTemplate)
@InputType({ description: "What is left out is as it is now." })
export class PreviewMailTemplateInput extends MailTemplateKeyInput {
  @Field(() => String, { nullable: true })
  subject?: string | null;

  @Field(() => String, { nullable: true })
  text?: string | null;

  @Field(() => String, { nullable: true })
  html?: string | null;
}
