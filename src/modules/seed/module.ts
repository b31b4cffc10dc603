import { defineModule } from "#kernel/module";

export const seedModule = defineModule({
  slug: "seed",
  name: "Demo data",
  version: "1.0.0",
  dependsOn: ["import"],
});
