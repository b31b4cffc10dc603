import { Field, Float, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import { GraphQLSafeInt } from "graphql-scalars";
import { GraphQLId } from "#kernel/graphql/scalars";
import type { Trace, TracedDocument, TracedJob, TracedRow } from "./trace.queries.ts";

@ObjectType("TracedJob", { simpleResolvers: true })
export class TracedJobView implements TracedJob {
  @Field(() => String)
  job!: string;

  @Field(() => GraphQLISODateTime, { description: "Of the latest attempt." })
  startedAt!: Date;

  @Field(() => GraphQLISODateTime)
  finishedAt!: Date;

  @Field(() => Float, { description: "Of the latest attempt, in milliseconds." })
  tookMs!: number;

  @Field(() => Float, { description: "From the change to the end of the job, in milliseconds." })
  afterMs!: number;

  @Field(() => Int)
  attempts!: number;

  @Field(() => String, {
    nullable: true,
    description: "Why the latest attempt failed; null when the job is done.",
  })
  failure!: string | null;
}

@ObjectType("TracedRow", { simpleResolvers: true })
export class TracedRowView implements TracedRow {
  @Field(() => String, { description: "product, node or category." })
  kind!: TracedRow["kind"];

  @Field(() => String)
  locale!: string;

  @Field(() => Int)
  generation!: number;

  @Field(() => Boolean, { description: "Whether this generation is the one that is read." })
  live!: boolean;

  @Field(() => GraphQLSafeInt)
  revision!: number;

  @Field(() => Boolean, { description: "Whether it was made from a state that had the change." })
  showsChange!: boolean;

  @Field(() => Boolean, { description: "False for a draft, and for what was deleted." })
  visible!: boolean;

  @Field(() => GraphQLISODateTime, {
    description: "When it was made last, perhaps for a later change.",
  })
  indexedAt!: Date;
}

@ObjectType("TracedDocument", { simpleResolvers: true })
export class TracedDocumentView implements TracedDocument {
  @Field(() => String, { description: "product or node." })
  kind!: TracedDocument["kind"];

  @Field(() => String)
  locale!: string;

  @Field(() => Int)
  generation!: number;

  @Field(() => Boolean, { description: "Whether this generation is the one that is searched." })
  live!: boolean;

  @Field(() => GraphQLISODateTime, {
    description: "When it fell behind, if it is or the last time it was.",
  })
  since!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  sentAt!: Date | null;

  @Field(() => GraphQLSafeInt, {
    nullable: true,
    description: "The engine's task that carries it, or carried it last.",
  })
  task!: number | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When the engine had it; null while it does not have it as it is.",
  })
  doneAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why the engine cannot have it as it is." })
  problem!: string | null;
}

@ObjectType("Trace", { simpleResolvers: true, description: "One change's way to those who read." })
export class TraceView implements Trace {
  @Field(() => GraphQLId, { description: "Of the event." })
  id!: string;

  @Field(() => String, { description: "product.updated and the like." })
  type!: string;

  @Field(() => GraphQLId, { description: "What was changed." })
  aggregateId!: string;

  @Field(() => GraphQLSafeInt, { description: "What the change made of it." })
  revision!: number;

  @Field(() => GraphQLISODateTime)
  occurredAt!: Date;

  @Field(() => GraphQLId, { nullable: true, description: "Null for the system itself." })
  actorId!: string | null;

  @Field(() => String, { nullable: true })
  requestId!: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When its jobs were on their queues; null while no relay has come to it.",
  })
  handedOverAt!: Date | null;

  @Field(() => [TracedJobView], { description: "Those that have ended, in this order." })
  jobs!: TracedJobView[];

  @Field(() => [TracedRowView], { description: "What the read model has of what was changed." })
  rows!: TracedRowView[];

  @Field(() => [TracedDocumentView], { description: "What the search engine has of it." })
  documents!: TracedDocumentView[];
}

export function viewTrace(trace: Trace): TraceView {
  return {
    ...trace,
    jobs: trace.jobs.map((job) => ({
      ...job,
      tookMs: job.finishedAt.getTime() - job.startedAt.getTime(),
      afterMs: job.finishedAt.getTime() - trace.occurredAt.getTime(),
    })),
  };
}
