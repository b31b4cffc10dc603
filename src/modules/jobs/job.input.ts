import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { verbatim } from "#kernel/fields";
import { DateFilter, IdFilter, StringFilter } from "#kernel/graphql/filters";
import { ValidatedBy } from "#kernel/graphql/validation";
import type { JobState } from "#kernel/jobs/store";
import { JobStateEnum } from "./job.view.ts";

@InputType({ description: "All that are given must hold." })
export class JobStateFilter {
  @Field(() => JobStateEnum, { nullable: true })
  eq?: JobState | null;

  @Field(() => [JobStateEnum], { nullable: true })
  in?: JobState[] | null;
}

@InputType({ description: "All that are given must hold." })
export class JobFilter {
  @Field(() => JobStateFilter, { nullable: true })
  state?: JobStateFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "Such as index-products." })
  name?: StringFilter | null;

  @Field(() => IdFilter, { nullable: true, description: "An event that asked for it." })
  eventId?: IdFilter | null;

  @Field(() => DateFilter, { nullable: true })
  addedAt?: DateFilter | null;
}

const jobKey = z.object({ id: verbatim(200) });
export type JobKey = z.output<typeof jobKey>;

@ValidatedBy(jobKey)
@InputType()
export class JobKeyInput implements z.input<typeof jobKey> {
  @Field(() => ID)
  id!: string;
}
