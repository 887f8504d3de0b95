import { definePreview } from "../../preview/define.ts";
import schema from "./schema.ts";

export default definePreview(schema, {
  normal: { options: {} },
  empty: { options: { date: false } },
  stale: { options: {}, broken: true },
  overlong: { options: {}, size: { width: 150, height: 96 } },
  critical: { options: { seconds: false, align: "right" } },
});
