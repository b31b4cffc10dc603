import type { GraphQLSchema } from "graphql";
import { restrictedFields } from "#kernel/graphql/field-rules";
import { operations } from "#kernel/graphql/schema";
import type { Registry } from "#kernel/modules/registry";
import type { AccessExtension } from "./access.ts";
import { builtInRoles, heldBy } from "./permissions.ts";

/** Everybody there can be, from who may least: a visitor, the built-in roles, and who may do everything everywhere. */
export const everybody = ["visitor", ...builtInRoles.toReversed(), "super-administrator"] as const;

/** Something that can be asked for, and what of permissions that takes. */
interface Entry {
  what: string;
  /** "public", "signed-in", or the permission. */
  needs: string;
}

/**
 * Who may do what, as text that depends on nothing but the declarations: what `access.txt` holds. A line
 * for each operation of the schema, each REST route and each field that is not for all, with the
 * permission it needs and those who have it.
 */
export function describeAccess(registry: Registry, schema: GraphQLSchema): string {
  const holders = holdersOf(registry);
  const entries = entriesOf(registry, schema);
  const width = Math.max(...entries.map(({ what }) => what.length));
  const needsWidth = Math.max(...entries.map(({ needs }) => needs.length));
  const lines = entries.map(({ what, needs }) =>
    [what.padEnd(width), needs.padEnd(needsWidth), holders(needs).join(" ")].join("  "),
  );
  return `# Written by \`rustok schema:dump\` from what the modules declare. Do not edit.\n\n${lines.join("\n")}\n`;
}

function entriesOf(registry: Registry, schema: GraphQLSchema): Entry[] {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const byName = (one: Entry, other: Entry) => (one.what < other.what ? -1 : 1);
  return [
    ...operations(schema)
      .map(({ name, extensions }) => {
        const { access } = extensions as unknown as AccessExtension;
        const kind = name in mutations ? "mutation" : "query";
        return {
          what: `${kind} ${name}`,
          needs: typeof access === "object" ? access.permission : access,
        };
      })
      .toSorted(byName),
    ...registry.routes
      .map(({ method, path, access }) => ({ what: `${method} ${path}`, needs: access }))
      .toSorted(byName),
    ...restrictedFields(schema)
      .map(({ place, permission }) => ({ what: `field ${place}`, needs: permission }))
      .toSorted(byName),
  ];
}

function holdersOf({ permissionDefinitions }: Registry): (needs: string) => string[] {
  const held = new Map<string, Set<string>>(
    builtInRoles.map((role) => [role, new Set(heldBy(role, permissionDefinitions))]),
  );
  return (needs) => {
    if (needs === "public") return [...everybody];
    if (needs === "signed-in") return everybody.filter((who) => who !== "visitor");
    return everybody.filter((who) => who === "super-administrator" || held.get(who)?.has(needs));
  };
}
