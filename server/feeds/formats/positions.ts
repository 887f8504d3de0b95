import { Position } from "../../../contract/position.ts";
import { defineJsonFormat } from "../json-format.ts";

/** `positions/1`: where moving objects are. */
export const format = defineJsonFormat({
  id: "positions/1",
  schema: Position,
  toFact: (item) => ({ type: "position", item }),
});
