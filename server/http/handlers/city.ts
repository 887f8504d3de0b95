import { join } from "node:path";
import type { CityPack } from "../../city/pack.ts";
import { RawReply, type Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function cityHandlers(
  pack: CityPack,
  demo: boolean,
): Pick<Handlers, "getCity" | "getBasemap"> {
  return {
    getCity: () => ({
      city: pack.city,
      districts: pack.districts,
      departments: pack.departments,
      categories: pack.categories,
      basemap: pack.basemap,
      demo,
    }),

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
  };
}
