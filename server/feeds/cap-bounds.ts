import type { Warning } from "../../contract/warning.ts";
import type { Complaints } from "./complaints.ts";

/** UTF-16 units of one text. */
const LONGEST_TEXT = 20_000;
/** Of all texts of a message together, in the same units: a feed may have thousands in force. */
const LONGEST_IN_ALL = 65_536;
/** Corners, circles and codes of all areas together. */
const MOST_PLACES = 5_000;
/** A circle is compared with the city as so many corners. */
const PER_CIRCLE = 24;

/** What one message may hold: every wall is sent it, and the city is compared with each corner. */
export function checkBounds(warning: Warning, complaints: Complaints): void {
  let inAll = 0;
  const check = (path: string, text: string) => {
    inAll += text.length;
    if (text.length > LONGEST_TEXT)
      complaints.say(path, `is longer than ${LONGEST_TEXT} characters`);
  };
  for (const [name, value] of Object.entries(warning))
    if (typeof value === "string") check(`/alert/info/${name}`, value);
  for (const { sender, identifier } of warning.references)
    inAll += sender.length + identifier.length;
  let places = 0;
  for (const { description, polygons, circles, geocodes } of warning.areas) {
    check("/alert/info/area/areaDesc", description);
    for (const ring of polygons) places += ring.length;
    places += PER_CIRCLE * circles.length + geocodes.length;
    for (const { name, value } of geocodes)
      check("/alert/info/area/geocode", name + value);
  }
  if (inAll > LONGEST_IN_ALL)
    complaints.say(
      "/alert",
      `the texts together are longer than ${LONGEST_IN_ALL} characters`,
    );
  if (places > MOST_PLACES || warning.areas.length > MOST_PLACES)
    complaints.say(
      "/alert/info/area",
      `the areas have more than ${MOST_PLACES} points and codes together, a circle counting as ${PER_CIRCLE}`,
    );
}
