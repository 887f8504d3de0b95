/** Words of the incident pane in both languages. */
import { useI18n } from "vue-i18n";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export const words = { zh, en };

/** Once in each component. */
export const useWords = () => useI18n({ useScope: "local", messages: words });
