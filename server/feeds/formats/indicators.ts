import { IndicatorValue } from "../../../contract/indicator.ts";
import { defineOwnFormat } from "../own.ts";

/** `indicators/1`: values a department reports itself. */
export const format = defineOwnFormat({
  id: "indicators/1",
  schema: IndicatorValue,
  toFact: (item) => ({ type: "indicatorValue", item }),
  valued: true,
});
