import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

// Neither UTC nor the city's zone, and half an hour off: date bugs show.
process.env["TZ"] = "America/St_Johns";

/** Tests that start servers or a browser, or keep the machine busy: one after another. */
const heavy = [
  "test/{browser,chaos,flow,fuzz,kit,security}/**/*.test.ts",
  "**/*.heavy.test.ts",
];

export default defineConfig({
  plugins: [vue()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", ...heavy],
          // Generous: a busy machine is no failure, and timing is never judged.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "heavy",
          include: heavy,
          exclude: ["**/node_modules/**", "**/dist/**"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
