import pg from "pg";
import { as } from "#kernel/database/database";
import { afterwards } from "#test/afterwards";
import { installation } from "#test/installation";
import { noteChanges } from "../../../../src/modules/index/search-documents.ts";
import { onSale } from "../a-catalogue.ts";

/** What a document comes to: shown anew, with something the engine cannot have, or gone. */
export type State = "shown" | "bad" | "gone";

export type FedDocuments = Awaited<ReturnType<typeof fedDocuments>>;

/** Two documents of one index, whose rows of the read model change by hand. */
export async function fedDocuments() {
  const { anEditor, aTenant, owner } = await installation();
  const shop = await anEditor(await aTenant({ locales: ["en"] }));
  const ids = [await onSale(shop, {}), await onSale(shop, {})];
  await owner.query(
    "insert into search_engine default values; create table pattern as select * from index_products",
  );

  return {
    /** As at first: both are shown, and the engine has neither. */
    async reset(): Promise<void> {
      await owner.query(`
        update search_engine set last_task = -1;
        delete from search_documents;
        ${project("shown", "true", "1")}`);
    },

    async change(place: number, state: State): Promise<void> {
      await owner.query(project(state, `r.product_id = '${ids[place]}'`, "r.revision + 1"));
    },

    /** The titles and revisions that the engine is to have, by document. */
    async wanted(): Promise<Record<string, unknown>> {
      const { rows } = await owner.query<{ id: string; title: string; revision: string }>(
        "select product_id || '_1' as id, doc ->> 'title' as title, revision from index_products",
      );
      const shown = rows.filter(({ title }) => title !== null && title !== "bad");
      return Object.fromEntries(
        shown.map(({ id, title, revision }) => [id, [title, Number(revision)]]),
      );
    },

    /** Whether there is nothing that the engine still has to be told. */
    async allDone(): Promise<boolean> {
      const { rowCount } = await owner.query(
        "select from search_documents where sent_task is not null or done_version is distinct from version limit 1",
      );
      return rowCount === 0;
    },
  };
}

/** The statement of a projection that changes rows so. */
function project(state: State, which: string, revision: string): string {
  const values = {
    shown: columns.map((column) => `t.${column}`),
    bad: columns.map((column) => `t.${column}`),
    gone: columns.map(() => "null"),
  };
  return `
    with written as (
      update index_products r
      set revision = ${revision}, indexed_at = clock_timestamp(), doc = ${docs[state]},
        (${columns.join(", ")}) = row(${values[state].join(", ")})
      from pattern t
      where t.product_id = r.product_id and ${which}
      returning r.tenant_id, r.product_id as entity_id, r.locale, r.generation
    )
    ${noteChanges("product")}`;
}

const docs = {
  shown: `jsonb_set(t.doc, '{title}', to_jsonb('Mug ' || r.revision))`,
  bad: `jsonb_set(t.doc, '{title}', '"bad"')`,
  gone: "null",
};
/** What a row has only if it is shown. */
const columns = ["shown_locale", "handle", "title", "category_handles", "prices", "search"];

/** A connection of who feeds the engine. */
export async function openFeedersConnection(): Promise<pg.Client> {
  const { db } = await installation();
  const client = new pg.Client({ connectionString: db.url, options: as("rustok_search") });
  await client.connect();
  afterwards(() => client.end());
  return client;
}
