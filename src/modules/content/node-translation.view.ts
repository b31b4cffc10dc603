import { Field, ObjectType } from "type-graphql";
import type { Body, BodyFormat, NodeTranslation } from "#entities/content/node";
import { BodyFormatEnum } from "./node-translation.input.ts";

@ObjectType("AdminBody", { simpleResolvers: true })
export class BodyView {
  @Field(() => BodyFormatEnum)
  format!: BodyFormat;

  @Field(() => String, { description: "As written, but for what could do harm in HTML." })
  source!: string;

  @Field(() => String, { description: "What storefronts show." })
  html!: string;
}

@ObjectType("AdminNodeTranslation", { simpleResolvers: true })
export class NodeTranslationView {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  excerpt!: string | null;

  @Field(() => String, { nullable: true })
  seoTitle!: string | null;

  @Field(() => String, { nullable: true })
  seoDescription!: string | null;

  @Field(() => BodyView, { nullable: true })
  body!: BodyView | null;
}

export function viewTranslation(translation: NodeTranslation, body?: Body): NodeTranslationView {
  const { locale, slug, title, excerpt, seoTitle, seoDescription } = translation;
  return {
    locale,
    slug,
    title,
    excerpt: excerpt ?? null,
    seoTitle: seoTitle ?? null,
    seoDescription: seoDescription ?? null,
    body: body ? { format: body.format, source: body.source, html: body.html } : null,
  };
}
