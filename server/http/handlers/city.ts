import type { WorkCalendar } from "../../../contract/calendar.ts";
import { say } from "../../../contract/sentence.ts";
import { join } from "node:path";
import { areaFor } from "../../auth/wall.ts";
import type { CityPack } from "../../city/pack.ts";
import type { Place } from "../../flow/place.ts";
import type { Store } from "../../store/store.ts";
import { RawReply, type Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function cityHandlers({
  pack,
  store,
  demo,
  calendar,
  place,
}: {
  pack: CityPack;
  store: Pick<Store, "departments">;
  demo: boolean;
  /** What holds now: another may be taken while the hub runs. */
  calendar: () => WorkCalendar;
  place: Pick<Place, "districtAt" | "gridAt" | "pathOf">;
}): Pick<
  Handlers,
  "getCity" | "listAreas" | "findPlace" | "getBasemap" | "putDepartment"
> {
  return {
    getCity: () => ({
      city: pack.city,
      districts: pack.districts,
      departments: pack.departments,
      centres: pack.centres,
      categories: pack.categories,
      calendar: calendar(),
      basemap: pack.basemap,
      demo,
    }),

    listAreas: ({ who: { view } }) => ({
      items: pack.areas.map((area) => areaFor(view, area)),
    }),

    findPlace({ query: { lng, lat } }) {
      const grid = place.gridAt(lng, lat);
      return {
        district: place.districtAt(lng, lat),
        areas: grid === null ? [] : place.pathOf(grid),
      };
    },

    getBasemap({ params }) {
      const layer = params["layer"]!;
      // The list decides, not the path: nothing outside the folder can be named.
      if (!pack.basemap.includes(layer))
        throw new HttpProblem(404, `the city has no base-map layer ${layer}`);
      return new RawReply((response) =>
        response
          .set("cache-control", "private, max-age=3600")
          .type("application/geo+json")
          .sendFile(join(pack.dir, "basemap", `${layer}.geojson`), {
            dotfiles: "allow",
          }),
      );
    },

    async putDepartment({ params, body, witness }) {
      const code = params["code"]!;
      if (!/^[A-Z][A-Z0-9-]{1,39}$/.test(code))
        throw new HttpProblem(422, say("departmentCode"), {
          errors: [{ path: "/params/code", ...say("departmentCodeShape") }],
        });
      const before = pack.departments.find((one) => one.code === code);
      const department = { code, ...body };
      await witness({
        object: `department/${code}`,
        ...(before && { before }),
        after: department,
      });
      await store.departments.put(department);
      pack.departments = await store.departments.all();
      return department;
    },
  };
}
