/** A browser's long name of itself, in the two words that a reader needs. Pure. */

/** In this order: most of them also call themselves by the names that follow. */
const BROWSERS = [
  [/MicroMessenger\/(\d+)/, "WeChat"],
  [/Edg(?:e|A|iOS)?\/(\d+)/, "Edge"],
  [/OPR\/(\d+)/, "Opera"],
  [/(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/(?:Chrome|CriOS)\/(\d+)/, "Chrome"],
  [/Version\/(\d+).*Safari/, "Safari"],
] as const;
const SYSTEMS = [
  [/HarmonyOS|OpenHarmony/, "HarmonyOS"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

/** `Chrome 140 · Windows`; a name that is not known stands as it is, shortened. */
export function browserOf(agent: string): string {
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(agent)?.[1];
    if (version === undefined) continue;
    const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
    return system ? `${name} ${version} · ${system}` : `${name} ${version}`;
  }
  return agent.slice(0, 40) || "—";
}
