import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import {
  type PreviewMailTemplate,
  PreviewMailTemplateInput,
  type ResetMailTemplate,
  ResetMailTemplateInput,
  type SetMailTemplate,
  SetMailTemplateInput,
} from "./wording.input.ts";
import { everyWording } from "./wording.queries.ts";
import * as wordings from "./wording.service.ts";
import { MailPreviewView, MailTemplateView, viewWording } from "./wording.view.ts";

@Resolver(() => MailTemplateView)
export class MailTemplateResolver {
  @Requires("mails:read")
  @Query(() => [MailTemplateView], {
    description: "Every kind of mail, in each of the tenant's locales or in the one asked for.",
  })
  async mailTemplates(
    @Ctx() ctx: RequestContext,
    @Arg("locale", () => String, { nullable: true }) locale?: string,
  ): Promise<MailTemplateView[]> {
    return (await everyWording(ctx, locale)).map(viewWording);
  }

  @Requires("mails:read")
  @Query(() => MailPreviewView, { description: "As it would be read, with examples filled in." })
  previewMailTemplate(
    @Arg("input", () => PreviewMailTemplateInput) input: PreviewMailTemplate,
    @Ctx() ctx: RequestContext,
  ): Promise<MailPreviewView> {
    return wordings.preview(ctx, input);
  }

  @Requires("mails:write")
  @Mutation(() => MailTemplateView)
  async setMailTemplate(
    @Arg("input", () => SetMailTemplateInput) input: SetMailTemplate,
    @Ctx() ctx: RequestContext,
  ): Promise<MailTemplateView> {
    return viewWording(await wordings.set(ctx, input));
  }

  @Requires("mails:write")
  @Mutation(() => MailTemplateView, { description: "As it came with the module again." })
  async resetMailTemplate(
    @Arg("input", () => ResetMailTemplateInput) input: ResetMailTemplate,
    @Ctx() ctx: RequestContext,
  ): Promise<MailTemplateView> {
    return viewWording(await wordings.reset(ctx, input));
  }
}
