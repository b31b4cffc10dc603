import {
  type ClassType,
  Field,
  GraphQLISODateTime,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { PageInfo } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import type { Card, EngineName, FacetCount, Found, Highlights } from "./engine.ts";

export const SearchEngineEnum = {
  MEILISEARCH: "meilisearch",
  POSTGRESQL: "postgresql",
} as const satisfies Record<string, EngineName>;
registerEnumType(SearchEngineEnum, { name: "SearchEngine" });

@ObjectType("Highlights", { simpleResolvers: true })
export class HighlightsView implements Highlights {
  @Field(() => String, { description: "HTML, safe: escaped but for the `<mark>` around matches." })
  title!: string;

  @Field(() => String, { description: "The same, cut to some 220 characters around a match." })
  description!: string;
}

@ObjectType("FacetCount", { simpleResolvers: true })
export class FacetCountView implements FacetCount {
  @Field(() => String, { description: "What to filter by." })
  value!: string;

  @Field(() => String, { description: "What to call it." })
  label!: string;

  @Field(() => Int, { description: "How many hits have it." })
  count!: number;
}

/** What every hit shows. */
@ObjectType({ simpleResolvers: true })
export class HitView implements Card {
  @Field(() => GraphQLId)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: "The locale of the texts." })
  locale!: string;

  @Field(() => GraphQLISODateTime)
  publishedAt!: string;

  @Field(() => Int, { description: "The revision of the source this was made from." })
  sourceRevision!: number;

  @Field(() => GraphQLISODateTime, { description: "When it was made." })
  indexedAt!: string;

  @Field(() => HighlightsView)
  highlights!: Highlights;
}

/** What every answer to a search says of itself. */
@ObjectType({ simpleResolvers: true })
export class AnswerView {
  @Field(() => SearchEngineEnum, { description: "What has answered." })
  engine!: EngineName;

  @Field(() => Boolean, {
    description: "PostgreSQL has answered because Meilisearch cannot; the ranking may differ.",
  })
  degraded!: boolean;

  /** Asked for only when somebody wants to know. */
  correct!: () => Promise<string | null>;

  @Field(() => String, {
    nullable: true,
    description: "Where fewer than five were found: what may have been meant instead.",
  })
  didYouMean(): Promise<string | null> {
    return this.correct();
  }
}

/** The same as it is before somebody asks. */
export type Answer = Pick<AnswerView, "engine" | "degraded" | "correct">;

/** A page of hits as Relay has it, with what was counted over all of them. */
export interface HitConnection<Hit, Facets> extends Answer {
  edges: { cursor: string; node: Hit }[];
  pageInfo: PageInfo;
  /** Null when nobody asked. */
  totalCount: number | null;
  facets: Facets;
}

/** The GraphQL types `<name>Connection` and `<name>Edge`. */
export function hitConnectionOf<Hit extends object, Facets extends object>(
  name: string,
  hit: ClassType<Hit>,
  facets: ClassType<Facets>,
): ClassType<HitConnection<Hit, Facets>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class EdgeType {
    @Field(() => String)
    cursor!: string;

    @Field(() => hit)
    node!: Hit;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class ConnectionType extends AnswerView implements HitConnection<Hit, Facets> {
    @Field(() => [EdgeType])
    edges!: EdgeType[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int)
    totalCount!: number | null;

    @Field(() => facets, { description: "Over all that was found, not this page alone." })
    facets!: Facets;
  }
  return ConnectionType;
}

export function viewHits<Hit extends Card, Facets>(
  { hits, hasMore, totalCount, engine, degraded }: Found<Hit, string>,
  after: string | null | undefined,
  facets: Facets,
  correct: Answer["correct"],
): HitConnection<Hit, Facets> {
  const edges = hits.map(({ cursor, card }) => ({ cursor, node: card }));
  return {
    edges,
    pageInfo: {
      hasNextPage: hasMore,
      hasPreviousPage: Boolean(after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
    facets,
    engine,
    degraded,
    correct,
  };
}
