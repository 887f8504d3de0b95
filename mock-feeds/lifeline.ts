import { defineDepartment } from "./department.ts";
import { drainageSimulations } from "./simulation/drainage.ts";
import { sensorDuties } from "./simulation/sensing.ts";
import { heating, structures } from "./simulation/structures.ts";
import { gas, waterSupply } from "./simulation/supply.ts";

/** 城市生命线: each of its companies has a feed, and all share one system of sensors. */
export const lifeline = defineDepartment({
  id: "lifeline",
  nameZh: "城市生命线",
  duties: (scene) =>
    Object.entries({
      drainage: drainageSimulations(scene),
      gas,
      structures,
      "water-supply": waterSupply,
      heating,
    }).flatMap(([feed, simulations]) =>
      sensorDuties(scene, { feed, simulations }),
    ),
});
