import { stat, readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

export interface MockOptions {
  /** Departments to run; null runs all. */
  only: string[] | null;
  /** File with the port and the secret at which the hotline is told back; null = it takes nothing. */
  desk: string | null;
  /** File of the staff's sign-in links; null = nobody takes steps by itself. */
  staff: string | null;
  seed: number;
  /** City seconds in a real second. */
  speed: number;
  /** Local hour that the city begins with; null takes the real one. */
  hour: number | null;
  hub: string;
  mqtt: string;
  /** File of feed keys; null where only a story is to be told. */
  keys: string | null;
  /** City pack whose feeds.json says what each feed speaks; null takes the seed's own. */
  city: string | null;
  story: "storm" | null;
}

export const MOCK_USAGE = `npm run mock -- --keys FILE [--only air,traffic] [--seed 42] [--speed 1] [--hour 8.5]
            [--hub http://127.0.0.1:$PORT] [--mqtt mqtt://127.0.0.1:1883]
            [--city DIR] [--story storm] [--desk FILE] [--staff FILE]
npm run mock -- --story storm [--hub URL]
            starts the storm in the departments that are running against that hub`;

/** @throws Error with one sentence, where an argument is unknown or has a bad value */
export function readMockOptions(
  args: string[],
  departments: readonly string[],
  port = "8080",
): MockOptions {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      seed: { type: "string", default: "42" },
      speed: { type: "string", default: "1" },
      hour: { type: "string" },
      // The hub of the demo that was started with the same environment.
      hub: {
        type: "string",
        default: `http://127.0.0.1:${port}`,
      },
      mqtt: { type: "string", default: "mqtt://127.0.0.1:1883" },
      keys: { type: "string" },
      city: { type: "string" },
      story: { type: "string" },
      desk: { type: "string" },
      staff: { type: "string" },
    },
  });
  const only = values.only?.split(",").map((word) => word.trim()) ?? null;
  for (const word of only ?? []) oneOf("--only", word, departments);
  if (values.story !== undefined) oneOf("--story", values.story, ["storm"]);
  return {
    only,
    seed: numberIn("--seed", values.seed, 0, 0xffff_ffff),
    speed: numberIn("--speed", values.speed, 0.1, 3600),
    hour:
      values.hour === undefined ? null : numberIn("--hour", values.hour, 0, 24),
    hub: urlOf("--hub", values.hub, ["http:", "https:"]),
    mqtt: urlOf("--mqtt", values.mqtt, ["mqtt:", "mqtts:"]),
    keys: values.keys ?? null,
    city: values.city ?? null,
    desk: values.desk ?? null,
    staff: values.staff ?? null,
    story: values.story === undefined ? null : "storm",
  };
}

export function oneOf(
  name: string,
  value: string,
  allowed: readonly string[],
): void {
  if (!allowed.includes(value))
    throw new Error(
      `${name} ${value} is not known; choose from ${allowed.join(", ")}`,
    );
}

export function numberIn(
  name: string,
  text: string,
  least: number,
  most: number,
): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most))
    throw new Error(`${name} ${text} is not a number from ${least} to ${most}`);
  return value;
}

export function urlOf(
  name: string,
  text: string,
  protocols: readonly string[],
): string {
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    throw new Error(
      `${name} ${text} is not an address that begins with ${protocols.join("// or ")}//`,
    );
  return text;
}

/**
 * Feed keys by feed id, from a JSON file that only its owner can read.
 * @throws where the file is missing, open to others or not of that shape
 */
export async function readKeys(file: string): Promise<Record<string, string>> {
  const { mode } = await stat(file);
  // Windows has no such bits.
  if (process.platform !== "win32" && (mode & 0o077) !== 0)
    throw new Error(
      `${file} holds feed keys and can be read by others; run chmod 600 on it`,
    );
  const keys: unknown = JSON.parse(await readFile(file, "utf8"));
  if (typeof keys !== "object" || keys === null || Array.isArray(keys))
    throw new Error(`${file} is not an object of feed keys by feed id`);
  for (const [feed, key] of Object.entries(keys))
    if (typeof key !== "string" || key === "")
      throw new Error(`${file}: the key of the feed ${feed} is not a text`);
  return keys as Record<string, string>;
}
