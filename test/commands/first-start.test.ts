import { expect, test } from "vitest";
import { loadConfig } from "#config";
import { systemContext } from "#kernel/context";
import { authenticate } from "#modules/accounts";
import { prepareFirstStart } from "../../src/commands/first-start.ts";
import { openSearch } from "#processes/search";
import { installation, log, registry } from "#test/installation";

const { aTenant, db, owner, tokens } = await installation();
const config = loadConfig({ RUSTOK_SECRET: "a secret that only tests may know of" });
const runtime = {
  config,
  db,
  log,
  registry,
  ownerUrl: db.url,
  search: await openSearch(undefined, db, log),
  tokens,
  redis: undefined,
  adapters: {},
  close: async () => {},
};
const products = async () => (await owner.query("select from products")).rowCount;

test("a first start that was cut short is taken up again; a later one changes nothing", async () => {
  const tenant = await aTenant({ slug: "demo" });
  const administrator = await prepareFirstStart(runtime);
  if (!administrator) throw new Error("Nobody can sign in.");
  const { email, password } = administrator;
  const ctx = systemContext(db, tenant, log);
  await expect(authenticate(ctx, email, password)).resolves.toMatchObject({ email });
  const seeded = await products();
  expect(seeded).toBeGreaterThan(50);

  const { rows: platform } = await owner.query(
    "select email from platform_administrators join users on id = user_id",
  );
  expect(platform).toEqual([{ email }]);

  expect(await prepareFirstStart(runtime)).toBeUndefined();
  expect(await products()).toBe(seeded);
});
