import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { oneLane, type Recording, type Row } from "./recording.ts";

/**
 * 900 JamCams of Transport for London. The clips' addresses point outside and
 * are left out: nothing of a replay may reach outside the machine.
 * Powered by TfL Open Data.
 */

interface JamCam {
  properties: { available: string; imageUrl: string; view: string };
  geometry: { coordinates: [number, number] };
}

export function london(from: string): Recording[] {
  const file = join(from, "cameras-tfl", "jamcams.json.gz");
  return [
    {
      ...oneLane,
      feed: "london-cameras",
      catalogue: true,
      rows: (limit) => cameras(file, limit),
    },
  ];
}

async function* cameras(file: string, limit: number): AsyncGenerator<Row> {
  const text = gunzipSync(await readFile(file)).toString("utf8");
  const { features } = JSON.parse(text) as { features: JamCam[] };
  for (const { properties, geometry } of features.slice(0, limit)) {
    const [lng, lat] = geometry.coordinates;
    // The image's name is the only code that the file gives a camera.
    const id = basename(properties.imageUrl, ".jpg");
    yield {
      at: null,
      items: [
        {
          id,
          // The file escapes slashes within the text.
          name: properties.view.replaceAll("\\/", "/") || id,
          lng,
          lat,
          district: "LDN",
          department: "TRANS",
          scene: "road",
          industry: "04",
          online: properties.available === "true",
        },
      ],
    };
  }
}
