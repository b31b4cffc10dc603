import { expect, test } from "vitest";
import { describeMeilisearch, startMeilisearch } from "#test/meilisearch";

describeMeilisearch("the Meilisearch of the tests", () => {
  test("comes back from a crash with its data, its address and its keys", async () => {
    const server = await startMeilisearch();
    await server.client().createIndex("test_things").waitTask();
    await server.kill();
    await expect(server.client().health()).rejects.toThrow("Request to");
    await server.start();
    expect((await server.client().getRawIndex("test_things")).uid).toBe("test_things");
    await server.stop();
    await server.start();
    expect(await server.client().getStats()).toMatchObject({ indexes: { test_things: {} } });
  });

  test("has keys that are good for the indexes of the prefix alone", async () => {
    const server = await startMeilisearch({ prefix: "ours" });
    const refused = await server.client().createIndex("theirs").waitTask().catch(String);
    expect(refused).toContain("The provided API key is invalid");
    await expect(server.client().getKeys()).rejects.toThrow("invalid");
    await server.client().createIndex("ours_things").waitTask();
    const browser = server.client(server.searchKey.key);
    await expect(browser.index("ours_things").search("")).resolves.toMatchObject({ hits: [] });
    await expect(browser.index("ours_things").getDocuments()).rejects.toThrow("invalid");
  });
});
