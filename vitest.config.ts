import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Neither UTC nor the city's zone, and half an hour off: date bugs show.
process.env["TZ"] = "America/St_Johns";

/** Tests that start servers or keep a core busy, beside each other. */
const servers = ["**/*.heavy.test.ts"];
/** Tests of the whole, a browser among them. */
const whole = ["test/{browser,chaos,flow,fuzz,kit,security}/**/*.test.ts"];
const never = ["**/node_modules/**", "**/dist/**"];

/** What takes a core for a minute: at the end of a run the other one would wait for it. */
const LONG =
  /server\/store\/store\.heavy|browser\/(gallery|map|admin\/sections)\.test/;

/** By size, as vitest does by itself, but what is known to be long before all else. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [
      ...sorted.filter(isLong),
      ...sorted.filter((file) => !isLong(file)),
    ];
  }
}

export default defineConfig({
  plugins: [vue()],
  test: {
    // By itself vitest leaves one of two cores to whoever watches; a third worker gains 5 % and memory is dearer.
    maxWorkers: "100%",
    // One process for many files: they share nothing but what is loaded once.
    isolate: false,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...never, ...servers, ...whole],
          // Generous: a busy machine is no failure, and timing is never judged.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "servers",
          include: servers,
          exclude: never,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "whole",
          include: whole,
          globalSetup: "test/kit/attacks.ts",
          exclude: never,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
