import { isOfPlatform, type PermissionDefinition } from "#kernel/access/permissions";
import { ModuleEnabled } from "./events.ts";
import type { ModuleDefinition } from "./module.ts";

/** The modules do not fit together; the message lists every fault. */
export class RegistryError extends Error {
  override name = "RegistryError";
}

/** All modules as one: what processes start from. */
export interface Registry {
  modules: ModuleDefinition[];
  entities: ModuleDefinition["entities"];
  /** The names of all permissions. */
  permissions: string[];
  permissionDefinitions: PermissionDefinition[];
  resolvers: ModuleDefinition["resolvers"];
  routes: ModuleDefinition["routes"];
  mails: ModuleDefinition["mails"];
  events: ModuleDefinition["events"];
  jobs: ModuleDefinition["jobs"];
  schedules: ModuleDefinition["schedules"];
  gauges: ModuleDefinition["gauges"];
  listeners: ModuleDefinition["listeners"];
  /** Which module has declared a resolver, a route, a job or a listener. */
  owners: ReadonlyMap<object, ModuleDefinition>;
}

/** Checks that the modules fit together. Throws {@link RegistryError} with all faults in one message. */
export function assemble(modules: ModuleDefinition[]): Registry {
  const faults = [
    ...repeated(
      "module",
      modules.map((module) => module.slug),
    ),
    ...repeated(
      "event",
      modules.flatMap((module) => module.events.map((event) => event.type)),
    ),
    ...repeated(
      "job",
      modules.flatMap((module) => [...module.jobs, ...module.schedules].map((job) => job.name)),
    ),
    ...repeated(
      "permission",
      modules.flatMap((module) => module.permissions.map(({ name }) => name)),
    ),
    ...repeated(
      "route",
      modules.flatMap((module) => module.routes.map(({ method, path }) => `${method} ${path}`)),
    ),
    ...repeated(
      "hook",
      modules.flatMap((module) => module.hooks.map(({ source }) => source)),
    ),
    ...repeated(
      "mail",
      modules.flatMap((module) => module.mails.map(({ name }) => name)),
    ),
    ...modules.flatMap((module) => misfits(module, modules)),
    ...cycles(modules),
  ];
  if (faults.length > 0) {
    throw new RegistryError(
      `The modules do not fit together:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
  }
  return {
    modules,
    entities: modules.flatMap((module) => module.entities),
    permissions: modules.flatMap((module) => module.permissions.map(({ name }) => name)),
    permissionDefinitions: modules.flatMap((module) => module.permissions),
    resolvers: modules.flatMap((module) => module.resolvers),
    routes: modules.flatMap((module) => module.routes),
    mails: modules.flatMap((module) => module.mails),
    events: modules.flatMap((module) => module.events),
    jobs: modules.flatMap((module) => module.jobs),
    schedules: modules.flatMap((module) => module.schedules),
    gauges: modules.flatMap((module) => module.gauges),
    listeners: modules.flatMap((module) => module.listeners),
    owners: ownersOf(modules),
  };
}

function ownersOf(modules: ModuleDefinition[]): ReadonlyMap<object, ModuleDefinition> {
  return new Map(
    modules.flatMap((module) =>
      [module.resolvers, module.routes, module.jobs, module.listeners]
        .flat()
        .map((declared): [object, ModuleDefinition] => [declared, module]),
    ),
  );
}

function repeated(what: string, names: string[]): string[] {
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => `two declare the ${what} "${name}"`);
}

function misfits(module: ModuleDefinition, modules: ModuleDefinition[]): string[] {
  const bySlug = new Map(modules.map((other) => [other.slug, other]));
  const events = new Set(modules.flatMap((other) => other.events));
  const jobs = new Set(module.jobs);
  return [
    ...module.dependsOn
      .filter((slug) => !bySlug.has(slug))
      .map((slug) => `${module.slug} depends on "${slug}", which is not in the list`),
    ...module.dependsOn
      .filter((slug) => !module.optional && bySlug.get(slug)?.optional)
      .map((slug) => `${module.slug} is core and depends on "${slug}", which may be switched off`),
    ...(module.optional && module.listeners.length > 0 && !catchesUp(module)
      ? [`${module.slug} listens and may be switched off, but does not listen to being switched on`]
      : []),
    ...module.permissions
      .filter(({ name }) => !/^[a-z-]+:[a-z-]+$/.test(name))
      .map(
        ({ name }) => `${module.slug} has the permission "${name}", which is not resource:action`,
      ),
    ...module.permissions
      .filter(({ name, roles }) => isOfPlatform(name) && roles.length > 0)
      .map(({ name }) => `${module.slug} gives "${name}" to a role of tenants`),
    ...module.listeners.flatMap(({ events: heard, job }) => [
      ...heard
        .filter((event) => !events.has(event))
        .map((event) => `${module.slug} listens to "${event.type}", which no module declares`),
      ...(jobs.has(job)
        ? []
        : [`${module.slug} listens with the job "${job.name}", which it does not declare`]),
    ]),
  ];
}

/** What it has not heard while it was off, it must make up for. */
const catchesUp = ({ listeners }: ModuleDefinition): boolean =>
  listeners.some(({ events }) => events.includes(ModuleEnabled));

/** Depth first; a module met again while it is still being visited closes a circle. */
function cycles(modules: ModuleDefinition[]): string[] {
  const bySlug = new Map(modules.map((module) => [module.slug, module]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (slug: string, path: string[]) => {
    if (path.includes(slug)) {
      found.push(
        `these depend on each other: ${[...path.slice(path.indexOf(slug)), slug].join(" → ")}`,
      );
      return;
    }
    if (done.has(slug)) return;
    for (const next of bySlug.get(slug)?.dependsOn ?? []) visit(next, [...path, slug]);
    done.add(slug);
  };
  for (const { slug } of modules) visit(slug, []);
  return found;
}
