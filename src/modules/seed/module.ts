import { defineModule } from "#kernel/modules/module";

export const seedModule = defineModule({
  slug: "seed",
  name: "Demo data",
  version: "1.0.0",
  dependsOn: ["import"],
});
