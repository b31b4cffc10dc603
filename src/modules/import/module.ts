import { defineModule } from "#kernel/modules/module";

export const importModule = defineModule({
  slug: "import",
  name: "Imports from other systems",
  version: "1.0.0",
  dependsOn: ["taxonomy", "content", "commerce"],
  tables: ["import_references"],
});
