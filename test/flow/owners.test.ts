/** What a feed brought is its own: no other feed changes it, takes its name or ends it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PLACES, type CityPlan } from "../kit/city.ts";
import { openFollower, type Follower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { told } from "./city.ts";

const CITY: CityPlan = {
  feeds: [
    { id: "weather", format: "cap/1.2" },
    { id: "water", format: "cap/1.2" },
  ],
};

let hub: Hub;
let wall: Follower;
beforeAll(async () => {
  hub = await startHub({ city: CITY });
  wall = await openFollower(hub.url, await hub.signIn());
});
afterAll(async () => {
  wall.close();
  await hub.stop();
});

describe("a warning", () => {
  it("is cancelled by its own feed and by no other", async () => {
    const room = await wall.follow("warnings", {});
    await tell("weather", cap("gale", "Alert"));
    await room.until((items) => items.has(`weather/${idOf("gale")}`));
    await tell("water", cap("gale-off", "Cancel", ["gale"]));
    await tell("water", cap("after"));
    await room.until((items) => items.has(`water/${idOf("after")}`));
    expect(room.items.has(`weather/${idOf("gale")}`)).toBe(true);
    await tell("weather", cap("gale-off", "Cancel", ["gale"]));
    await room.until((items) => !items.has(`weather/${idOf("gale")}`));
  });

  it("that two feeds name alike is two warnings", async () => {
    const room = await wall.follow("warnings", {});
    for (const feed of ["weather", "water"]) await tell(feed, cap("fog"));
    await room.until(
      (items) =>
        items.has(`weather/${idOf("fog")}`) &&
        items.has(`water/${idOf("fog")}`),
    );
  });

  it("whose cancel came first and was acknowledged stays cancelled, a killed hub or not", async () => {
    await tell("weather", cap("storm-off", "Cancel", ["storm"]));
    wall.close();
    await hub.kill();
    await hub.restart();
    wall = await openFollower(hub.url, await hub.signIn());
    await tell("weather", cap("storm"));
    await tell("weather", cap("hail"));
    const room = await wall.follow("warnings", {});
    expect(room.items.has(`weather/${idOf("hail")}`)).toBe(true);
    expect(room.items.has(`weather/${idOf("storm")}`)).toBe(false);
  });
});

const SENT = new Date(Date.now() - 60_000).toISOString().slice(0, 19) + "Z";
const idOf = (name: string) => `office@test,${name},${Date.parse(SENT)}`;

/** A CAP message whose area is in the city. */
function cap(name: string, msgType = "Alert", about: string[] = []): string {
  const { lng, lat } = PLACES.west;
  const references = about.map((one) => `office@test,${one},${SENT}`).join(" ");
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>${name}</identifier><sender>office@test</sender><sent>${SENT}</sent>
<status>Actual</status><msgType>${msgType}</msgType><scope>Public</scope>
${references && `<references>${references}</references>`}
<info><category>Met</category><event>${name}</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Likely</certainty>
<area><areaDesc>西区</areaDesc><circle>${lat},${lng} 1</circle></area></info></alert>`;
}

async function tell(feed: string, body: string): Promise<void> {
  const headers = { "content-type": "application/cap+xml" };
  expect(await told(hub, feed, body, { headers })).toMatchObject({
    accepted: 1,
    rejections: [],
  });
}
