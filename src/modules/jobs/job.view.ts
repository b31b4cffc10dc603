import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "#kernel/graphql/connection";
import { GraphQLId } from "#kernel/graphql/scalars";
import type { JobState, StoredJob } from "#kernel/jobs/store";

export const JobStateEnum = {
  WAITING: "waiting",
  ACTIVE: "active",
  DELAYED: "delayed",
  FAILED: "failed",
  COMPLETED: "completed",
} as const satisfies Record<string, JobState>;
registerEnumType(JobStateEnum, {
  name: "JobState",
  valuesConfig: {
    ACTIVE: { description: "A worker is at it." },
    DELAYED: { description: "It has failed and waits for its next try." },
    FAILED: { description: "A dead letter: it is not tried again unless somebody says so." },
    COMPLETED: {
      description: "It is done; a day later, or after a thousand others, it is forgotten.",
    },
  },
});

@ObjectType("Job", { simpleResolvers: true, description: "Work done in the background." })
export class JobView implements Omit<StoredJob, "tenantId"> {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "What it does, such as index-products." })
  name!: string;

  @Field(() => JobStateEnum)
  state!: JobState;

  @Field(() => [GraphQLId], { description: "The events that asked for it; `trace` follows each." })
  eventIds!: string[];

  @Field(() => Int, { description: "How often it was tried; of one under way, before now." })
  attempts!: number;

  @Field(() => Int, { description: "After so many it is a dead letter." })
  maxAttempts!: number;

  @Field(() => String, { nullable: true, description: "Why the latest attempt failed." })
  reason!: string | null;

  @Field(() => GraphQLISODateTime, { description: "When it was put on its queue." })
  addedAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "Its next try, if it waits for one.",
  })
  dueAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "Of the latest attempt." })
  startedAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "Of the last attempt there was to be.",
  })
  finishedAt!: Date | null;
}

export const JobConnection = connectionOf(() => JobView, "Job");
