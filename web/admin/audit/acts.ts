/** What was done, in words; a name that has none stands for itself. */
import { useI18n } from "vue-i18n";

export function useActNames() {
  const { t, te } = useI18n({ useScope: "parent" });
  return (act: string): string =>
    te(`audit.acts.${act}`) ? t(`audit.acts.${act}`) : act;
}
