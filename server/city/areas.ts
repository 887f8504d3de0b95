/** Areas below the districts: `towns.geojson`, `grids.geojson`, `rivers.geojson`, each where the pack has it. */
import { z } from "zod";
import type { Area, AreaKind } from "../../contract/area.ts";
import { Geometry, polygonsOf } from "./geometry.ts";

const FILES: Record<AreaKind, string> = {
  town: "towns.geojson",
  grid: "grids.geojson",
  river: "rivers.geojson",
};

/** Unit grids have 14 or 15 digits, grids of community service 20 (domain §11). */
const GRID_CODE = /^(\d{14}|\d{15}|\d{20})$/;

const AreaFile = z.object({
  features: z.array(
    z.object({
      properties: z.object({
        code: z.string().min(1).max(40),
        nameZh: z.string(),
        nameEn: z.string().optional(),
        parent: z.string().nullish(),
        responsible: z
          .object({
            name: z.string(),
            titleZh: z.string(),
            titleEn: z.string().optional(),
          })
          .nullish(),
      }),
      geometry: Geometry,
    }),
  ),
});

/**
 * @param file reads a file of the pack, null where there is none
 * @throws Error: a sentence naming the file and the path of what is wrong
 */
export async function readAreas(
  file: (name: string) => Promise<unknown>,
): Promise<Area[]> {
  const areas: Area[] = [];
  for (const [kind, name] of Object.entries(FILES) as [AreaKind, string][]) {
    const told = await file(name);
    if (told !== null) areas.push(...read(kind, name, told));
  }
  const seen = new Set<string>();
  for (const { kind, code } of areas)
    if (seen.size === seen.add(code).size)
      throw new Error(
        `city pack, ${FILES[kind]}: the code ${code} is there twice`,
      );
  return areas;
}

function read(kind: AreaKind, name: string, told: unknown): Area[] {
  const checked = AreaFile.safeParse(told);
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    throw new Error(
      `city pack, ${name}: at /${issue.path.join("/")}: ${issue.message}`,
    );
  }
  return checked.data.features.map(({ properties, geometry }, i) => {
    const { code, nameZh, nameEn, parent, responsible } = properties;
    if (kind === "grid" && !GRID_CODE.test(code))
      throw new Error(
        `city pack, ${name}: at /features/${i}/properties/code: the code of a grid has 14, 15 or 20 digits, not ${code}`,
      );
    return {
      ...{ code, kind, nameZh, nameEn: nameEn ?? nameZh },
      parent: parent ?? null,
      responsible: responsible
        ? {
            ...responsible,
            titleEn: responsible.titleEn ?? responsible.titleZh,
          }
        : null,
      polygons: polygonsOf(geometry),
    };
  });
}
