/** 随手拍: a citizen's photo report through the feed door, as the desk has it (seed systems 141 and 168). */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { FLOW_CITY, told } from "./city.ts";

const PHONE = "13812345678";
const PHOTO = "https://snap.example.gov.cn/p/1.jpg";
let hub: Hub;
beforeAll(async () => (hub = await startHub({ city: FLOW_CITY })));
afterAll(() => hub.stop());

it("comes with photo and place, and its sender's telephone is masked wherever it stands", async () => {
  await told(hub, "hotline", [
    {
      ...{ externalId: "snap-1", source: "citizenSnap", title: "占道经营" },
      ...{ description: `请回电${PHONE}`, category: "0406", ...PLACES.west },
      ...{ reportedAt: Date.now(), reporter: { name: "王", phone: PHONE } },
      attachments: [{ url: PHOTO, kind: "image/jpeg" }],
    },
  ]);
  const cookie = await hub.signIn("shiftLeader");
  const { body: list } = await ask<{ items: Incident[] }>(
    ...([hub, "GET", "/api/incidents?source=citizenSnap"] as const),
    { cookie },
  );
  const [incident] = list.items;
  expect(incident).toMatchObject({
    ...{ source: "citizenSnap", status: "reported", ...PLACES.west },
    description: "请回电138****5678",
  });
  const { body: view } = await ask<IncidentView>(
    ...([hub, "GET", `/api/incidents/${incident!.id}`] as const),
    { cookie },
  );
  expect(view.attachments).toEqual([{ url: PHOTO, kind: "image/jpeg" }]);
  expect(JSON.stringify([list, view])).not.toContain(PHONE);
  const { body: revealed } = await ask(
    ...([hub, "POST", `/api/incidents/${incident!.id}/reveal`] as const),
    { cookie, body: { reason: "回访市民" } },
  );
  expect(revealed).toMatchObject({ reporter: { phone: PHONE } });
});
