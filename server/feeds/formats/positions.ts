import { Position } from "../../../contract/position.ts";
import { defineOwnFormat } from "../own.ts";

/** `positions/1`: where moving objects are. */
export const format = defineOwnFormat({
  id: "positions/1",
  schema: Position,
  toFact: (item) => ({ type: "position", item }),
});
