import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { lexicographicSortSchema, printSchema } from "graphql";
import { buildGraphQLSchema } from "#kernel/graphql/schema";
import { describeSchema } from "#kernel/schema-description";
import { withRuntime } from "./with-runtime.ts";

export function addSchemaDump(program: Command): void {
  program
    .command("schema:dump")
    .description(
      "Write schema.graphql and schema.sql, by which a change of either shows in review.",
    )
    .action(() =>
      withRuntime(async ({ registry, db }) => {
        const schema = await buildGraphQLSchema(registry);
        await writeFile("schema.graphql", `${printSchema(lexicographicSortSchema(schema))}\n`);
        await writeFile("schema.sql", await describeSchema(db.pool));
        process.stdout.write("schema.graphql and schema.sql are up to date.\n");
      }),
    );
}
