import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { Handle, label, text } from "#kernel/fields";
import { ValidatedBy } from "#kernel/graphql/validation";
import { key, KeyInput } from "#kernel/graphql/key.input";

export const createAuthor = z.object({
  handle: Handle,
  name: label(255),
  bio: text(10_000).nullish(),
  avatarUrl: z
    .url({ protocol: /^https?$/, normalize: true, error: "must be an http(s) URL" })
    .max(2_000)
    .nullish(),
});
export type CreateAuthor = z.output<typeof createAuthor>;

export const updateAuthor = createAuthor.partial().extend(key.shape);
export type UpdateAuthor = z.output<typeof updateAuthor>;

@ValidatedBy(createAuthor)
@InputType()
export class CreateAuthorInput implements z.input<typeof createAuthor> {
  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  bio?: string | null;

  @Field(() => String, { nullable: true })
  avatarUrl?: string | null;
}

@ValidatedBy(updateAuthor)
@InputType({ description: "What is left out stays." })
export class UpdateAuthorInput extends KeyInput implements z.input<typeof updateAuthor> {
  @Field(() => String, { nullable: true })
  handle?: string;

  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => String, { nullable: true })
  bio?: string | null;

  @Field(() => String, { nullable: true })
  avatarUrl?: string | null;
}
