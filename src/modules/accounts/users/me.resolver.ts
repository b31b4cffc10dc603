import {
  Arg,
  Ctx,
  Field,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from "type-graphql";
import { z } from "zod";
import { SignedIn } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { verbatim } from "#kernel/fields";
import { key } from "#kernel/graphql/key.input";
import { GraphQLId } from "#kernel/graphql/scalars";
import { ValidatedBy } from "#kernel/graphql/validation";
import * as passwords from "../passwords/password.service.ts";
import { NewPassword } from "../passwords/rule.ts";
import { ownSessions } from "../sessions/session.queries.ts";
import * as sessions from "../sessions/session.service.ts";
import { SessionView } from "../sessions/session.view.ts";
import { type Me, me } from "./me.ts";

@ObjectType("Me", { simpleResolvers: true })
class MeView implements Me {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  email!: string;

  @Field(() => Boolean)
  emailVerified!: boolean;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  role!: string;

  @Field(() => [String], { description: "What the role may do: `resource:action`." })
  permissions!: string[];

  @Field(() => Boolean)
  hasPassword!: boolean;

  @Field(() => Boolean, { description: "Whether a code is asked for at sign-in." })
  secondFactor!: boolean;
}

const changePassword = z.object({ password: verbatim(1_000), newPassword: NewPassword });

@ValidatedBy(changePassword)
@InputType()
class ChangePasswordInput {
  @Field(() => String, { description: "The present one." })
  password!: string;

  @Field(() => String, { description: "At least 12 characters." })
  newPassword!: string;
}

const endSession = key.pick({ id: true });

@ValidatedBy(endSession)
@InputType()
class EndSessionInput {
  @Field(() => GraphQLId)
  id!: string;
}

@Resolver(() => MeView)
export class MeResolver {
  @SignedIn()
  @Query(() => MeView, { description: "Who has signed in." })
  me(@Ctx() ctx: RequestContext): Promise<Me> {
    return me(ctx);
  }

  @SignedIn()
  @Query(() => [SessionView], { description: "Where you are signed in." })
  sessions(@Ctx() ctx: RequestContext): Promise<SessionView[]> {
    return ownSessions(ctx);
  }

  @SignedIn()
  @Mutation(() => Boolean, { description: "True when it has ended." })
  async endSession(
    @Arg("input", () => EndSessionInput) { id }: EndSessionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await sessions.endOwn(ctx, id);
    return true;
  }

  @SignedIn()
  @Mutation(() => Int, {
    description: "Signs you out everywhere, here too; answers how many sessions that were.",
  })
  endSessions(@Ctx() ctx: RequestContext): Promise<number> {
    return sessions.endAllOwn(ctx);
  }

  @SignedIn()
  @Mutation(() => Boolean, {
    description: "True when it is changed; elsewhere you are signed out.",
  })
  async changePassword(
    @Arg("input", () => ChangePasswordInput) input: ChangePasswordInput,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean> {
    await passwords.changeOwn(ctx, input);
    return true;
  }
}
