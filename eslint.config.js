import vue from "eslint-plugin-vue";
import { defineConfig, globalIgnores } from "eslint/config";
import ts from "typescript-eslint";

/** One program per project, and one for the tests that stand beside the web's files. */
const PROJECTS = [
  ...["contract", "server", "web", "mock-feeds", "test", "bench"].map(
    (folder) => `${folder}/tsconfig.json`,
  ),
  "web/tsconfig.test.json",
];

const ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message:
    "The environment is read in server/config.ts (mock feeds: at the head of a program).",
};
const TIME = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: "Ask the clock that was passed in (server/lib/clock.ts).",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Ask the clock that was passed in (server/lib/clock.ts).",
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: "Ask the clock that was passed in (server/lib/clock.ts).",
  },
];

export default defineConfig(
  globalIgnores(["dist/", "coverage/", "public/", "data*/", ".cache/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.vue"],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: PROJECTS,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: [".vue"],
      },
    },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // Our objects are closures: nothing of ours asks who `this` is.
      "@typescript-eslint/unbound-method": "off",
      eqeqeq: ["error", "smart"],
      "no-eval": "error",
      "no-new-func": "error",
      "@typescript-eslint/no-implied-eval": "error",
    },
  },
  {
    files: ["**/*.vue"],
    // vue-tsc judges their types; a program anew for each of them takes a quarter of an hour.
    extends: [ts.configs.disableTypeChecked, vue.configs["flat/essential"]],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      "vue/block-lang": ["error", { script: { lang: "ts" } }],
      "vue/component-api-style": ["error", ["script-setup"]],
      // Nothing stored ever runs.
      "vue/no-v-html": "error",
      // A room names its parts: `wall/Header.vue` needs no second word.
      "vue/multi-word-component-names": "off",
    },
  },
  {
    files: ["server/**/*.ts", "mock-feeds/**/*.ts"],
    ignores: [
      "server/config.ts",
      "mock-feeds/index.ts",
      "mock-feeds/replay.ts",
      "**/*.test.ts",
    ],
    rules: { "no-restricted-syntax": ["error", ENVIRONMENT] },
  },
  {
    files: ["server/**/*.ts"],
    ignores: ["server/lib/clock.ts", "server/config.ts", "**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", ENVIRONMENT, ...TIME] },
  },
  {
    files: ["server/config.ts"],
    rules: { "no-restricted-syntax": ["error", ...TIME] },
  },
  {
    // Asserting on what came over a wire reads better unwrapped.
    files: ["**/*.test.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
);
