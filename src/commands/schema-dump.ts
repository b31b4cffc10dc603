import { writeFile } from "node:fs/promises";
import { type Command } from "commander";
import { lexicographicSortSchema, printSchema } from "graphql";
import { loadConfig } from "#config";
import { buildGraphQLSchema } from "#kernel/graphql/schema";
import { describeSchema } from "#kernel/schema-description";
import { openRuntime } from "#processes/runtime";

export function addSchemaDump(program: Command): void {
  program
    .command("schema:dump")
    .description(
      "Write schema.graphql and schema.sql, by which a change of either shows in review.",
    )
    .action(async () => {
      const runtime = await openRuntime(loadConfig());
      try {
        const schema = await buildGraphQLSchema(runtime.registry);
        await writeFile("schema.graphql", `${printSchema(lexicographicSortSchema(schema))}\n`);
        await writeFile("schema.sql", await describeSchema(runtime.db.pool));
      } finally {
        await runtime.close();
      }
      process.stdout.write("schema.graphql and schema.sql are up to date.\n");
    });
}
