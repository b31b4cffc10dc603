import { describe, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import type { Transaction } from "#kernel/database/transaction";
import { Conflict, NotFound } from "#kernel/errors";
import { defineModule } from "#kernel/modules/module";
import { findTenant } from "#kernel/tenancy/find-tenants";
import { tenantModules } from "#modules/modules";
import { eventsOf, installation } from "#test/installation";

const { anEditor, db } = await installation();

/** What the hooks of "shop" are to do. */
let hook: (tx: Transaction) => Promise<void> = async () => {};
const calls: string[] = [];

const module = (slug: string, rest: Partial<Parameters<typeof defineModule>[0]> = {}) =>
  defineModule({ slug, name: slug, version: "1.0.0", optional: true, ...rest });
const shop = module("shop", {
  dependsOn: ["base"],
  async onEnable(tx) {
    calls.push("on");
    await hook(tx);
  },
  async onDisable(tx) {
    calls.push("off");
    await hook(tx);
  },
});
const list = [
  module("base", { optional: false }),
  shop,
  module("reviews", { dependsOn: ["shop"] }),
  module("stars", { dependsOn: ["reviews"] }),
];

const enable = (ctx: RequestContext, slug: string) => tenantModules.enable(ctx, list, slug);
const disable = (ctx: RequestContext, slug: string) => tenantModules.disable(ctx, list, slug);
const off = async ({ tenant }: RequestContext) =>
  (await findTenant(db, { id: tenant.id }))?.disabledModules;

test("a tenant has every module until one is switched off, and tells it with itself", async () => {
  const editor = await anEditor();
  const states = await tenantModules.states(editor, list);
  expect(states.map(({ enabled, changedAt }) => [enabled, changedAt])).toEqual(
    list.map(() => [true, null]),
  );
  expect(await off(editor)).toEqual([]);

  await disable(editor, "stars");
  await disable(editor, "reviews");
  expect(await off(editor)).toEqual(["reviews", "stars"]);
  expect(await off(await anEditor())).toEqual([]);
  await enable(editor, "reviews");
  expect(await off(editor)).toEqual(["stars"]);
});

test("each switch is an event; a repetition is none, and calls no hook", async () => {
  const editor = await anEditor();
  calls.length = 0;
  await disable(editor, "stars");
  await disable(editor, "reviews");
  await disable(editor, "shop");
  await disable(editor, "shop");
  await enable(editor, "shop");
  await enable(editor, "shop");
  expect(calls).toEqual(["off", "on"]);
  expect(await eventsOf(editor)).toEqual([
    { type: "module.disabled", payload: { module: "stars", revision: 1 } },
    { type: "module.disabled", payload: { module: "reviews", revision: 1 } },
    { type: "module.disabled", payload: { module: "shop", revision: 1 } },
    { type: "module.enabled", payload: { module: "shop", revision: 2 } },
  ]);
});

describe("refused, and without a trace, is", () => {
  test("to switch off a core module", async () => {
    const editor = await anEditor();
    await expect(disable(editor, "base")).rejects.toThrow(
      new Conflict('"base" is core: it cannot be switched off.', { module: "base" }),
    );
    expect([await off(editor), await eventsOf(editor)]).toEqual([[], []]);
  });

  test("to switch off what others need: all that are on are named", async () => {
    const editor = await anEditor();
    await expect(disable(editor, "shop")).rejects.toMatchObject({
      code: "CONFLICT",
      details: { neededBy: ["reviews", "stars"] },
    });
    await disable(editor, "stars");
    await expect(disable(editor, "shop")).rejects.toMatchObject({
      details: { neededBy: ["reviews"] },
    });
    expect(await off(editor)).toEqual(["stars"]);
  });

  test("to switch on what needs something that is off", async () => {
    const editor = await anEditor();
    for (const slug of ["stars", "reviews", "shop"]) await disable(editor, slug);
    await expect(enable(editor, "stars")).rejects.toMatchObject({
      code: "CONFLICT",
      details: { needs: ["shop", "reviews"] },
    });
    expect(await off(editor)).toEqual(["reviews", "shop", "stars"]);
  });

  test("what is not there", async () => {
    await expect(enable(await anEditor(), "gone")).rejects.toThrow(new NotFound("module", "gone"));
  });

  test("whatever a hook throws at; what the hook had written goes with it", async () => {
    const editor = await anEditor();
    for (const slug of ["stars", "reviews"]) await disable(editor, slug);
    const before = await eventsOf(editor);
    hook = async (tx) => {
      await tx.sql("update tenants set name = 'Changed'");
      throw new Error("not today");
    };
    await expect(disable(editor, "shop")).rejects.toThrow("not today");
    hook = async () => {};
    expect([await off(editor), await eventsOf(editor)]).toEqual([["reviews", "stars"], before]);
    expect(await findTenant(db, { id: editor.tenant.id })).toEqual({
      ...editor.tenant,
      disabledModules: ["reviews", "stars"],
    });
  });
});

test("two that are switched at once never leave one on without what it needs", async () => {
  for (let round = 0; round < 10; round += 1) {
    const editor = await anEditor();
    await disable(editor, "stars");
    await disable(editor, "reviews");
    const outcomes = await Promise.allSettled([disable(editor, "shop"), enable(editor, "reviews")]);
    expect(outcomes.filter(({ status }) => status === "rejected")).toMatchObject([
      { reason: expect.any(Conflict) },
    ]);
    expect([["reviews", "shop", "stars"], ["stars"]]).toContainEqual(await off(editor));
  }
});
