import { ESLint, type Linter } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Folder } from "../kit/folder.ts";
import { buildHouse } from "./house.ts";

/** [what it is about, the rule, the file, its text] */
const planted: [what: string, rule: string, file: string, text: string][] = [
  [
    "a promise nobody waits for",
    "@typescript-eslint/no-floating-promises",
    "server/hub/forgotten.ts",
    "export async function save(): Promise<void> {}\nexport function go() {\n  save();\n}\n",
  ],
  [
    "a switch that forgets a case",
    "@typescript-eslint/switch-exhaustiveness-check",
    "contract/light.ts",
    'export function say(light: "red" | "green"): string {\n  switch (light) {\n    case "red":\n      return "stop";\n  }\n  return "";\n}\n',
  ],
  [
    "any",
    "@typescript-eslint/no-explicit-any",
    "contract/whatever.ts",
    "export type Whatever = any;\n",
  ],
  [
    "the environment, read outside config",
    "no-restricted-syntax",
    "server/http/secret.ts",
    'export const secret = process.env["SECRET"];\n',
  ],
  [
    "the environment, read inside a department's program",
    "no-restricted-syntax",
    "mock-feeds/quiet.ts",
    'export const secret = process.env["SECRET"];\n',
  ],
  [
    "the machine's clock, asked outside its room",
    "no-restricted-syntax",
    "server/hub/hurry.ts",
    "export const now = () => Date.now();\n",
  ],
  [
    "the machine's clock, asked by new Date()",
    "no-restricted-syntax",
    "server/hub/today.ts",
    "export const today = () => new Date();\n",
  ],
  [
    "the machine's clock, asked by Date()",
    "no-restricted-syntax",
    "server/hub/date-text.ts",
    "export const today = () => Date();\n",
  ],
  [
    "stored text that would run",
    "vue/no-v-html",
    "web/ui/Note.vue",
    '<script setup lang="ts">\ndefineProps<{ text: string }>();\n</script>\n<template><p v-html="text" /></template>\n',
  ],
  [
    "a component without types",
    "vue/block-lang",
    "web/ui/Untyped.vue",
    "<script setup>\nconst a = 1;\n</script>\n<template><p>{{ a }}</p></template>\n",
  ],
  [
    "eval",
    "no-eval",
    "web/ui/magic.ts",
    'export const magic = () => eval("1") as number;\n',
  ],
];

/** The same words where they belong. */
const welcome: [file: string, text: string][] = [
  ["server/config.ts", 'export const port = process.env["PORT"];\n'],
  ["mock-feeds/index.ts", 'export const hub = process.env["HUB"];\n'],
  ["server/lib/clock.ts", "export const now = () => Date.now();\n"],
  [
    "server/hub/calendar.ts",
    "export const day = (at: number) => new Date(at);\n",
  ],
  [
    "web/ui/Text.vue",
    '<script setup lang="ts">\ndefineProps<{ text: string }>();\n</script>\n<template><p>{{ text }}</p></template>\n',
  ],
];

describe("the linter", () => {
  let house: Folder;
  const found = new Map<string, Linter.LintMessage[]>();
  beforeAll(async () => {
    house = buildHouse({
      "web/main.ts": 'import "vue";\n',
      ...Object.fromEntries(planted.map(([, , file, text]) => [file, text])),
      ...Object.fromEntries(welcome),
    });
    const results = await new ESLint({ cwd: house.path }).lintFiles(["."]);
    for (const result of results)
      found.set(result.filePath.slice(house.path.length + 1), result.messages);
  }, 60_000);
  afterAll(() => house.remove());

  it.each(planted)("refuses %s (%s)", (_what, rule, file) => {
    expect(found.get(file)?.map((message) => message.ruleId)).toContain(rule);
  });

  it.each(welcome)("lets %s pass", (file) => {
    expect(found.get(file)).toEqual([]);
  });
});
