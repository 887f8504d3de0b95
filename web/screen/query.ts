/** What a wall's address may say; anything else in it is left alone (interfaces.md). */
import { isLanguage, type Language } from "../i18n/index.ts";
import { SCALE_MODES, type ScaleMode, type Tile } from "./scale.ts";

export interface WallQuery {
  scale: ScaleMode;
  tile: Tile | null;
  theme: "dark" | "light" | null;
  language: Language | null;
  kiosk: boolean;
  /** No movement at all, for walls that must not. */
  still: boolean;
  /** District that replaces the screen's own scope (`var-district`, Grafana's habit). */
  district: string | null;
}

type Raw = Record<string, unknown>;

const one = (value: unknown): string | null => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first : null;
};

/** `tile=col,row,cols,rows`, columns and rows from 0; null where it makes no sense. */
export function readTile(
  text: string | null,
  bezel: string | null,
): Tile | null {
  if (text === null) return null;
  const parts = text.split(",").map(Number);
  const [col, row, cols, rows] = parts;
  if (
    parts.length !== 4 ||
    !parts.every((n) => Number.isInteger(n) && n >= 0 && n <= 64) ||
    col! >= cols! ||
    row! >= rows!
  )
    return null;
  const gap = Number(bezel ?? 0);
  return {
    col: col!,
    row: row!,
    cols: cols!,
    rows: rows!,
    bezel: Number.isFinite(gap) && gap >= 0 ? gap : 0,
  };
}

export function readWallQuery(raw: Raw): WallQuery {
  const scale = one(raw["scale"]);
  const theme = one(raw["theme"]);
  const language = one(raw["lang"]);
  const flag = (name: string) =>
    name in raw && one(raw[name]) !== "0" && one(raw[name]) !== "false";
  return {
    scale: SCALE_MODES.find((mode) => mode === scale) ?? "contain",
    tile: readTile(one(raw["tile"]), one(raw["bezel"])),
    theme: theme === "dark" || theme === "light" ? theme : null,
    language: isLanguage(language) ? language : null,
    kiosk: flag("kiosk"),
    still: flag("still"),
    district: one(raw["var-district"]),
  };
}
