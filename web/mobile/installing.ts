/** Lets the phone page be put on a home screen, in its own language and theme. */
import { onScopeDispose, watchEffect } from "vue";
import { useRoute } from "vue-router";
import { useLanguage } from "../i18n/index.ts";

/** Only of this page: no desk and no wall is an app of a phone. */
export function useInstalling(): void {
  const { language } = useLanguage();
  const route = useRoute();
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  const colour = document.createElement("meta");
  colour.name = "theme-color";
  const picture = document.createElement("link");
  picture.rel = "apple-touch-icon";
  picture.href = "/icons/phone-192.png";
  watchEffect(() => {
    manifest.href = `/phone.${language.value}.webmanifest`;
  });
  watchEffect(
    () => {
      // Read after the theme is set: what surrounds the page is what it stands on.
      void route.query["theme"];
      colour.content = getComputedStyle(document.documentElement)
        .getPropertyValue("--ground")
        .trim();
    },
    { flush: "post" },
  );
  document.head.append(manifest, colour, picture);
  onScopeDispose(() => {
    for (const each of [manifest, colour, picture]) each.remove();
  });
}
