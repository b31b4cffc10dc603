/** Who may import whom: the house plan, as rules. `npm run imports` checks them. */
const ownModule = "^src/modules/([^/]+)/";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "config-stands-alone",
      severity: "error",
      from: { path: "^config/" },
      to: { path: "^(src|entities|jobs|migrations)/" },
    },
    {
      name: "only-config-reads-the-environment",
      comment: "Everything else is handed its configuration.",
      severity: "error",
      from: { path: "^(src|entities|jobs|migrations)/", pathNot: "^src/(commands|processes|main)" },
      to: { path: "^config/" },
    },
    {
      name: "migrations-stand-alone",
      comment: "A migration must mean the same for ever, whatever becomes of the code.",
      severity: "error",
      from: { path: "^migrations/" },
      to: { path: "^(src|entities|jobs|config)/" },
    },
    {
      name: "entities-know-entities",
      severity: "error",
      from: { path: "^entities/" },
      to: { path: "^(src|jobs|migrations|config)/" },
    },
    {
      name: "entities-keep-to-their-module",
      comment: "No relations across modules: hold an id.",
      severity: "error",
      from: { path: "^entities/([^/]+)/" },
      to: { path: "^entities/", pathNot: "^entities/($1|kernel)/" },
    },
    {
      name: "kernel-knows-no-module",
      severity: "error",
      from: { path: "^src/kernel/" },
      to: { path: "^(src/(modules|http|processes|commands|main|cli)|jobs|entities/(?!kernel/))" },
    },
    {
      name: "modules-keep-to-kernel-and-entities",
      severity: "error",
      from: { path: "^src/modules/" },
      to: { path: "^src/(http|processes|commands|main|cli)" },
    },
    {
      name: "modules-meet-at-their-index",
      severity: "error",
      from: { path: ownModule },
      to: {
        path: "^src/modules/[^/]+/",
        pathNot: ["^src/modules/$1/", "^src/modules/[^/]+/index\\.ts$"],
      },
    },
    {
      name: "jobs-use-kernel-and-module-surfaces",
      severity: "error",
      from: { path: "^jobs/" },
      to: {
        path: "^(src|entities|config|migrations|jobs)/",
        pathNot: ["^src/kernel/", "^src/modules/[^/]+/index\\.ts$"],
      },
    },
    {
      name: "http-uses-kernel-and-the-list",
      severity: "error",
      from: { path: "^src/http/" },
      to: {
        path: "^(src|entities|jobs|config|migrations)/",
        pathNot: ["^src/http/", "^src/kernel/", "^src/modules/index\\.ts$"],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ["source", "import", "node", "default"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".json"],
      exportsFields: ["exports"],
    },
  },
};
