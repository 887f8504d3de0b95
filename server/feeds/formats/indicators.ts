import { IndicatorValue } from "../../../contract/indicator.ts";
import { defineJsonFormat } from "../json-format.ts";

/** `indicators/1`: values a department reports itself. */
export const format = defineJsonFormat({
  id: "indicators/1",
  schema: IndicatorValue,
  toFact: (item) => ({ type: "indicatorValue", item }),
  valued: true,
});
