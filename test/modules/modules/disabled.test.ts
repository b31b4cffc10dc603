import { once } from "node:events";
import { execute, parse } from "graphql";
import { Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { expect, test } from "vitest";
import { z } from "zod";
import { Public } from "#kernel/access/access";
import type { RequestContext } from "#kernel/context";
import { buildGraphQLSchema } from "#kernel/graphql/schema";
import { defineModule } from "#kernel/modules/module";
import { assemble } from "#kernel/modules/registry";
import { defineRoute } from "#kernel/rest/routes";
import type { Tenants } from "#kernel/tenancy/tenants";
import { createApp } from "#http/app";
import { installation } from "#test/installation";
import { facts, theTenants } from "#test/server";

@ObjectType("Thing", { simpleResolvers: true })
class Thing {
  @Field(() => String)
  name!: string;
}

@Resolver(() => Thing)
class ThingResolver {
  @Public()
  @Query(() => Thing)
  thing(): Thing {
    return { name: "a thing" };
  }
}

@Resolver(() => Thing)
class RatingResolver {
  @Public()
  @Query(() => String)
  bestRating(): string {
    return "five";
  }

  @Public()
  @Mutation(() => String)
  rate(@Ctx() { tenant }: RequestContext): string {
    return tenant.slug;
  }

  @FieldResolver(() => String, { nullable: true })
  rating(): string {
    return "four";
  }
}

const registry = assemble([
  defineModule({ slug: "things", name: "Things", version: "1.0.0", resolvers: [ThingResolver] }),
  defineModule({
    slug: "ratings",
    name: "Ratings",
    version: "1.0.0",
    optional: true,
    dependsOn: ["things"],
    resolvers: [RatingResolver],
    routes: [
      defineRoute({
        method: "post",
        path: "/v1/ratings",
        summary: "Rate",
        access: "public",
        body: z.object({ stars: z.int() }),
        reply: z.object({ stars: z.int() }),
        run: async (_, { body }) => body,
      }),
    ],
  }),
]);
const schema = await buildGraphQLSchema(registry);
const { anEditor } = await installation();

const without = async (disabledModules: string[]): Promise<RequestContext> => {
  const editor = await anEditor();
  return { ...editor, tenant: { ...editor.tenant, disabledModules } };
};

async function ask(text: string, contextValue: RequestContext) {
  const { data, errors } = await execute({ schema, document: parse(text), contextValue });
  return {
    data,
    codes: errors?.map(({ originalError }) => (originalError as { code?: string }).code),
  };
}

test("the queries and mutations of a module that is off answer MODULE_DISABLED, and others answer", async () => {
  const off = await without(["ratings"]);
  expect(await ask("{ bestRating }", off)).toEqual({ data: null, codes: ["MODULE_DISABLED"] });
  expect(await ask("mutation { rate }", off)).toEqual({ data: null, codes: ["MODULE_DISABLED"] });
  expect(await ask("{ thing { name } }", off)).toEqual({ data: { thing: { name: "a thing" } } });

  const on = await without(["another"]);
  expect((await ask("{ bestRating }", on)).data).toEqual({ bestRating: "five" });
  expect((await ask("mutation { rate }", on)).data).toEqual({ rate: on.tenant.slug });
});

test("so does a field that it adds to another's type, which is shown without it", async () => {
  const text = "{ thing { name rating } }";
  expect(await ask(text, await without(["ratings"]))).toEqual({
    data: { thing: { name: "a thing", rating: null } },
    codes: ["MODULE_DISABLED"],
  });
  expect(await ask(text, await without([]))).toEqual({
    data: { thing: { name: "a thing", rating: "four" } },
  });
});

test("and its routes, before anything of the request is looked at", async () => {
  const { tenant } = await without([]);
  const post = async (disabledModules: string[], body: unknown) => {
    const tenants: Tenants = {
      ...(await theTenants()),
      find: async () => ({ ...tenant, disabledModules }),
    };
    const app = createApp(await facts({ registry, schema, tenants }));
    const server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/ratings`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-tenant-id": tenant.id },
        body: JSON.stringify(body),
      });
      return [response.status, await response.json()];
    } finally {
      server.close();
    }
  };
  expect(await post(["ratings"], { stars: "many" })).toEqual([
    403,
    {
      error: {
        code: "MODULE_DISABLED",
        message: 'The module "Ratings" is switched off here.',
        details: { module: "ratings" },
      },
    },
  ]);
  expect(await post([], { stars: 3 })).toEqual([200, { stars: 3 }]);
});
