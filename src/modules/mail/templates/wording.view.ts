import { Field, Int, ObjectType } from "type-graphql";
import { variablesOf } from "#kernel/mail/template";
import type { Rendered } from "./render.ts";
import type { Wording } from "./wording.queries.ts";

@ObjectType("MailVariable", { simpleResolvers: true })
export class MailVariableView {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => Boolean, { description: "A text must say it." })
  required!: boolean;

  @Field(() => Boolean, { description: "It opens something: a subject must not say it." })
  secret!: boolean;
}

@ObjectType("MailTemplate", { simpleResolvers: true, description: "A kind of mail in one locale." })
export class MailTemplateView {
  @Field(() => String, { description: "Such as accounts.password-reset." })
  template!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String)
  locale!: string;

  @Field(() => [MailVariableView])
  variables!: MailVariableView[];

  @Field(() => String, { description: "In Liquid, as the texts are." })
  subject!: string;

  @Field(() => String)
  text!: string;

  @Field(() => String, { nullable: true, description: "Null: made from the text." })
  html!: string | null;

  @Field(() => Int, { description: "0 while it is worded as it came." })
  revision!: number;
}

@ObjectType("MailPreview", { simpleResolvers: true })
export class MailPreviewView implements Rendered {
  @Field(() => String)
  subject!: string;

  @Field(() => String)
  text!: string;

  @Field(() => String, { description: "A whole page." })
  html!: string;
}

export function viewWording({ template, ...wording }: Wording): MailTemplateView {
  return {
    ...wording,
    template: template.name,
    description: template.description,
    variables: Object.entries(variablesOf(template)).map(([name, variable]) => ({
      name,
      description: variable.description,
      required: variable.required ?? false,
      secret: variable.secret ?? false,
    })),
  };
}
