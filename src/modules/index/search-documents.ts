/** The channel that wakes whoever feeds the search engine; the payload is empty, the table says what there is to do. */
export const searchChannel = "rustok_search";

/**
 * Ends a statement whose `written` has the rows of the read model that changed: raises the version of
 * the documents they stand for, where there is an engine to feed, and wakes who feeds it on commit.
 */
export const noteChanges = (kind: string): string => `
    , noted as (
      insert into search_documents as known (tenant_id, kind, generation, entity_id, locale)
      select tenant_id, '${kind}', generation, entity_id, locale from written
      where exists (select from search_engine)
      on conflict (tenant_id, kind, generation, entity_id, locale) do update
      set version = excluded.version,
          since = case when known.done_version = known.version then excluded.since else known.since end
      returning 1
    )
    select pg_notify('${searchChannel}', '') from (select from noted limit 1) any_one`;
