#!/usr/bin/env node
import "reflect-metadata";
import { Command } from "commander";
import { addSeed } from "./commands/seed.ts";
import { addTenantChange } from "./commands/tenant-change.ts";
import { addTenantCreate } from "./commands/tenant-create.ts";
import { addTenantDelete } from "./commands/tenant-delete.ts";
import { addTenantDomain } from "./commands/tenant-domain.ts";
import { addTenantExport } from "./commands/tenant-export.ts";
import { addTenantList } from "./commands/tenant-list.ts";
import { addTenantSettings } from "./commands/tenant-settings.ts";
import { addTenantShow } from "./commands/tenant-show.ts";
import { addTenantSuspend } from "./commands/tenant-suspend.ts";
import { addStart } from "./commands/start.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addImport } from "./commands/import.ts";
import { addIndexRebuild } from "./commands/index-rebuild.ts";
import { addIndexRollback } from "./commands/index-rollback.ts";
import { addIndexVerify } from "./commands/index-verify.ts";
import { addKeysRotate } from "./commands/keys-rotate.ts";
import { addMigrate } from "./commands/migrate.ts";
import { addModules } from "./commands/modules.ts";
import { addPlatformGrant } from "./commands/platform-grant.ts";
import { addSchemaDump } from "./commands/schema-dump.ts";
import { addTenancyVerify } from "./commands/tenancy-verify.ts";
import { addTrace } from "./commands/trace.ts";
import { addUserRescue } from "./commands/user-rescue.ts";

const program = new Command("rustok")
  .description("A headless CMS and commerce server.")
  .showHelpAfterError();

addStart(program);
addMigrate(program);
addDoctor(program);
addTenantCreate(program);
addPlatformGrant(program);
addTenantList(program);
addTenantShow(program);
addTenantChange(program);
addTenantDomain(program);
addTenantSettings(program);
addTenantSuspend(program);
addTenantExport(program);
addTenantDelete(program);
addSeed(program);
addImport(program);
addIndexRebuild(program);
addIndexRollback(program);
addIndexVerify(program);
addTenancyVerify(program);
addKeysRotate(program);
addModules(program);
addTrace(program);
addUserRescue(program);
addSchemaDump(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

/** A fault that has a remedy is one message; a fault of ours keeps its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "Error" ? (error.stack ?? error.message) : error.message;
}
