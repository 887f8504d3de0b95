import { Sensor } from "../../../contract/sensor.ts";
import { defineJsonFormat } from "../json-format.ts";

/** `sensors/1`: a system's catalogue of sensors. */
export const format = defineJsonFormat({
  id: "sensors/1",
  schema: Sensor,
  toFact: (item) => ({ type: "sensor", item }),
});
