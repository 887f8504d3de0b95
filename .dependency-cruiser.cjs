/**
 * Import directions of the house (architecture.md §3). Every rule has a planted
 * violation in test/rules/imports.test.ts that proves it bites.
 */

/** Tests may reach for what they judge; the rules are about what ships. */
const TESTS = "\\.test\\.ts$";

/** A package, resolved or not: `node_modules/echarts/…` or the bare `echarts`. */
const packages = (...names) =>
  `(^|node_modules/)(${names.join("|").replaceAll(".", "\\.")})(/|$)`;

const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: "error",
  from,
  to,
});

const LOCAL = "^(contract|server|web|screens|mock-feeds|test|bench)/";
const SURFACES =
  "wall|cockpit|desk|duty|statistics|inbox|composer|admin|mobile|gallery|login|pair";

/** A package that only some rooms of the product may name. */
const kept = (name, comment, room, ...names) =>
  forbid(
    name,
    comment,
    { path: "^(contract|server|web|mock-feeds)/", pathNot: [room, TESTS] },
    { path: packages(...names) },
  );

module.exports = {
  forbidden: [
    forbid(
      "no-cycles",
      "Two files that need each other are one file.",
      {},
      {
        circular: true,
      },
    ),
    forbid(
      "no-missing",
      "An import leads to a file or an installed package.",
      { path: LOCAL },
      { couldNotResolve: true, pathNot: "\\?url$|^virtual:|^vite/client$" },
    ),
    forbid(
      "no-lost-property-rooms",
      "A room is named by its noun.",
      {},
      {
        path: "^(?!node_modules/).*\\b(utils?|helpers?|common|misc|base|managers?|services?|processors?|data2)(/|\\.(ts|vue)$)",
      },
    ),
    forbid(
      "contract-knows-only-zod",
      "Both sides of the wire can read it.",
      { path: "^contract/", pathNot: TESTS },
      { pathNot: ["^contract/", packages("zod")] },
    ),
    forbid(
      "server-never-web",
      "The hub does not know how it is drawn.",
      { path: "^server/", pathNot: TESTS },
      { path: "^(web|screens|mock-feeds|test|bench)/" },
    ),
    forbid(
      "web-never-server",
      "The browser knows the hub by its contract.",
      { path: "^web/", pathNot: TESTS },
      { path: "^(server|mock-feeds|test|bench)/" },
    ),
    forbid(
      "hub-is-pure",
      "(state, fact, now) → changes: contract, itself, and packages that compute and nothing else (the CEL evaluator, a selection); a clock or a tool of lib only by type.",
      { path: "^server/hub/", pathNot: TESTS },
      {
        pathNot: [
          "^server/hub/",
          "^contract/",
          "^server/lib/",
          packages("@marcbachmann/cel-js", "quickselect"),
        ],
      },
    ),
    forbid(
      "hub-runs-nothing-of-lib",
      "The clock is passed in.",
      { path: "^server/hub/", pathNot: TESTS },
      {
        path: "^server/lib/",
        dependencyTypesNot: ["type-only", "type-import"],
      },
    ),
    forbid(
      "feeds-know-no-hub",
      "Facts leave by the sink they were given.",
      { path: "^server/feeds/", pathNot: TESTS },
      { path: "^server/(hub|push|http|auth|store)/" },
    ),
    forbid(
      "transports-know-no-formats",
      "A protocol carries any payload.",
      { path: "^server/feeds/transports/", pathNot: TESTS },
      { path: "^server/feeds/formats/" },
    ),
    forbid(
      "formats-know-no-transports",
      "A payload comes by any road.",
      { path: "^server/feeds/formats/", pathNot: TESTS },
      { path: "^server/feeds/transports/" },
    ),
    forbid(
      "push-knows-no-hub",
      "Between hub and push only values travel, so that they can part one day.",
      { path: "^server/push/", pathNot: TESTS },
      { path: "^server/(hub|feeds|store)/" },
    ),
    forbid(
      "lib-stands-alone",
      "No word of the city in lib.",
      { path: "^server/lib/", pathNot: TESTS },
      { path: LOCAL, pathNot: "^server/lib/" },
    ),
    forbid(
      "mock-feeds-stand-alone",
      "A department is a stranger: it imports nothing of ours.",
      { path: "^mock-feeds/", pathNot: TESTS },
      { path: LOCAL, pathNot: "^mock-feeds/" },
    ),
    forbid(
      "no-node-in-web",
      "A browser has no node:fs.",
      { path: "^web/", pathNot: TESTS },
      { dependencyTypes: ["core"] },
    ),
    kept(
      "drivers-only-in-store",
      "SQL has one room.",
      "^server/store/",
      ...["better-sqlite3", "pg", "pg-copy-streams", "@electric-sql/pglite"],
    ),
    kept(
      "charts-only-in-chart",
      "Widgets speak our words, not ECharts options.",
      "^web/chart/",
      ...["echarts", "vue-echarts", "zrender"],
    ),
    kept(
      "maps-only-in-map",
      "Widgets speak our words, not MapLibre's.",
      "^web/map/",
      ...["maplibre-gl", "terra-draw", "terra-draw-maplibre-gl-adapter"],
    ),
    kept(
      "players-only-in-video",
      "A tile asks for a picture, not for a player.",
      "^web/video/",
      ...["hls.js", "mpegts.js"],
    ),
    kept(
      "sockets-only-at-the-ends",
      "Everything between the two ends is values.",
      "^(server/push/|web/live/)",
      ...["socket.io", "socket.io-client"],
    ),
    forbid(
      "widgets-know-no-widgets",
      "A widget can be removed by removing its folder.",
      { path: "^web/widgets/([^/]+)/", pathNot: TESTS },
      { path: "^web/widgets/[^/]+/", pathNot: "^web/widgets/$1/" },
    ),
    forbid(
      "surfaces-know-no-surfaces",
      "A surface is one chunk of its own.",
      { path: `^web/(${SURFACES})/`, pathNot: TESTS },
      { path: `^web/(${SURFACES})/`, pathNot: "^web/$1/" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    tsPreCompilationDeps: true,
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".vue", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
