import { defineModule } from "#kernel/modules/module";
import { JobResolver } from "./job.resolver.ts";

export const jobsModule = defineModule({
  slug: "jobs",
  name: "Jobs",
  version: "1.0.0",
  dependsOn: ["tenants"],
  permissions: [
    { name: "jobs:read", description: "See what happens in the background.", roles: ["manager"] },
    { name: "jobs:write", description: "Have failed jobs done again, or discard them.", roles: [] },
    {
      name: "platform:jobs",
      description: "See and steer the background work of all tenants, at /admin/jobs.",
      roles: [],
    },
  ],
  resolvers: [JobResolver],
});
