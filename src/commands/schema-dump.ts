import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { lexicographicSortSchema, printSchema } from "graphql";
import { describeAccess } from "#kernel/access/description";
import { describeSchema } from "#kernel/database/schema-description";
import { buildGraphQLSchema } from "#kernel/graphql/schema";
import { withRuntime } from "./with-runtime.ts";

export function addSchemaDump(program: Command): void {
  program
    .command("schema:dump")
    .description(
      "Write schema.graphql, schema.sql and access.txt, by which a change of them shows in review.",
    )
    .action(() =>
      withRuntime(async ({ registry, db }) => {
        const schema = await buildGraphQLSchema(registry);
        await writeFile("schema.graphql", `${printSchema(lexicographicSortSchema(schema))}\n`);
        await writeFile("schema.sql", await describeSchema(db.pool));
        await writeFile("access.txt", describeAccess(registry, schema));
        process.stdout.write("schema.graphql, schema.sql and access.txt are up to date.\n");
      }),
    );
}
