// Imports go one way: routes → models → domain. Checked by `npm run imports`.
const TEST = "\\.(test|fixture)\\.tsx?$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two modules that need each other are one module, or lack a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "imports-exist",
      severity: "error",
      // What React Router's generated virtual modules and the build make does not exist before them.
      from: {},
      to: { couldNotResolve: true, pathNot: "^virtual:|build/server" },
    },
    {
      name: "domain-is-pure",
      comment: "The rules of money are TypeScript alone: no Prisma, Remix, React, node: or clock.",
      severity: "error",
      from: { path: "^app/domain/", pathNot: TEST },
      to: { pathNot: "^app/domain/" },
    },
    {
      name: "models-own-the-database",
      comment:
        "Everyone else asks a model. Telling one database failure from another is no access.",
      severity: "error",
      from: {
        path: "^app/",
        pathNot: ["^app/(models|database|server)/", "^app/boot\\.server\\.ts$", TEST],
      },
      to: { path: "^app/(database|generated)/", pathNot: "^app/database/errors\\.ts$" },
    },
    {
      name: "models-know-no-pages",
      severity: "error",
      from: { path: "^app/(models|database)/", pathNot: TEST },
      to: { path: "^app/(routes|components|enhancements|http|server)/" },
    },
    {
      name: "components-are-dumb",
      comment:
        "They get what they show; loaders fetch it. They may name the type of what they get.",
      severity: "error",
      from: { path: "^app/components/" },
      to: {
        path: "^app/(models|routes|database)/|\\.server\\.tsx?$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "routes-are-the-top",
      severity: "error",
      from: { path: "^app/", pathNot: ["^app/routes/", "^app/routes\\.ts$"] },
      to: { path: "^app/routes/" },
    },
    {
      name: "enhancements-are-optional",
      comment: "Deleting that folder may break nothing but speed.",
      severity: "error",
      from: {
        pathNot: ["^app/(routes|enhancements)/", "^app/(entry\\.client|root)\\.tsx$"],
      },
      to: { path: "^app/enhancements/" },
    },
    {
      name: "zod-by-way-of-forms",
      comment:
        "What browsers get too takes zod from app/forms/zod.ts, which keeps it from trying eval.",
      severity: "error",
      from: {
        path: "^app/(forms|filters|components|enhancements)/",
        pathNot: ["^app/forms/zod\\.ts$", TEST],
      },
      to: { path: "^node_modules/zod/" },
    },
    {
      name: "the-app-stands-alone",
      comment: "What only tests and tools need is not part of what runs.",
      severity: "error",
      from: { path: "^app/", pathNot: [TEST, "^app/database/test-"] },
      to: { path: "^(e2e|scripts)/|/vitest/" },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^app/generated/"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
