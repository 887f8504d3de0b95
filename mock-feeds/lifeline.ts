import { defineDepartment } from "./department.ts";
import { drainageSimulations } from "./drainage.ts";
import { sensorDuties } from "./sensing.ts";
import { structureSimulations } from "./structures.ts";
import { supplySimulations } from "./supply.ts";

/** 城市生命线: drainage, supply, gas, heat, bridges, tunnels, the ground. */
export const lifeline = defineDepartment({
  id: "lifeline",
  nameZh: "城市生命线",
  duties: (scene) =>
    sensorDuties(scene, "lifeline", {
      ...drainageSimulations(scene),
      ...supplySimulations,
      ...structureSimulations,
    }),
});
