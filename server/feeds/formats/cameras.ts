import { Camera } from "../../../contract/camera.ts";
import { defineJsonFormat } from "../json-format.ts";

/** `cameras/1`: the camera catalogue, one camera one file (一机一档). */
export const format = defineJsonFormat({
  id: "cameras/1",
  schema: Camera,
  toFact: (item) => ({ type: "camera", item }),
});
