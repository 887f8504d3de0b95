import { keptYear } from "./load/kept-year.ts";
const y = await keptYear("write"); console.log(y.dataDir); process.exit();
