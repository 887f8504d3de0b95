import { Sensor } from "../../../contract/sensor.ts";
import { defineOwnFormat } from "../own.ts";

/** `sensors/1`: a system's catalogue of sensors. */
export const format = defineOwnFormat({
  id: "sensors/1",
  schema: Sensor,
  toFact: (item) => ({ type: "sensor", item }),
});
