/** Incidents and cameras behind their doors: what is not theirs is not there, and what shows much leaves a line first. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { View } from "../../../contract/data-scope.ts";
import type { IncidentReport } from "../../../contract/incident.ts";
import { createZone } from "../../../contract/zone.ts";
import { makeFolder } from "../../../test/kit/folder.ts";
import { flowRules, NO_DOSSIER } from "../../../test/kit/rules.ts";
import { feed } from "../../../test/store/city.ts";
import type { AuditEntry } from "../../auth/audit.ts";
import type { Principal } from "../../auth/principal.ts";
import { createCameraFlow, type CameraFlow } from "../../flow/cameras.ts";
import { createIncidentFlow, type IncidentFlow } from "../../flow/incidents.ts";
import { createManualClock } from "../../lib/clock.ts";
import { NONE_ALLOWED } from "../../lib/outbound.ts";
import { createTopics } from "../../push/topics.ts";
import { openStore } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import type { Ask } from "../mount.ts";
import type { HttpProblem } from "../problem.ts";
import { createWitness } from "../witness.ts";
import { cameraHandlers } from "./cameras.ts";
import { createTheirs } from "../theirs.ts";
import { incidentHandlers } from "./incidents.ts";
import { createAreaIndex } from "../../hub/areas.ts";

const NOON = Date.parse("2026-11-20T12:00:00+08:00");
const folder = makeFolder("scope-doors");
const clock = createManualClock(NOON);
const lines: AuditEntry[] = [];
let store: Store;
let cameras: CameraFlow;
let flow: IncidentFlow;
let id = "";

const report: IncidentReport = {
  ...{ externalId: "1", source: "call", attachments: [], reportedAt: NOON },
  title: "林小满家漏水",
  description: "回电 15400001234",
  address: "幸福路128号3栋",
  ...{ lng: 117, lat: 31 },
  reporter: { name: "林小满", phone: "5566778" },
};
const camera = (code: string, more: object = {}) => ({
  ...{ id: code, name: code, lng: 117, lat: 31, scene: "", industry: "" },
  ...{ shareScope: "department", address: "", online: true },
  stream: { kind: "hls" as const, url: `https://cams.example/${code}` },
  ...more,
});

beforeAll(async () => {
  store = await openStore({ url: `sqlite:${folder.path}/city.db` });
  const topics = createTopics({
    ...{ epoch: "test", now: () => clock.now(), send: () => undefined },
  });
  const place = {
    districtAt: () => "west",
    ...createAreaIndex([]),
    inside: () => true,
  };
  const parts = {
    ...{ store, topics, clock, zone: createZone("Asia/Shanghai") },
    place,
    ...flowRules(place),
    sources: { shown: (source: string) => source },
    caps: {
      ...{ cameras: 9, incidents: 9, incidentText: 1e6, sensors: 9 },
      ...{ warnings: 9, warningText: 1e6, objects: 9, objectAlarms: 9 },
    },
    allowed: NONE_ALLOWED,
  };
  const water = feed("water", { department: "WATER" });
  flow = createIncidentFlow(parts);
  await flow.take(water, [{ index: 0, item: report }]);
  id = (await store.incidents.open())[0]!.incident.id;
  cameras = createCameraFlow(parts);
  const items = [
    camera("gate"),
    camera("street", { shareScope: "全市共享" }),
    camera("dark", { stream: undefined }),
    camera("inside", { stream: { kind: "hls", url: "http://[::1]/1" } }),
  ].map((item, index) => ({ index, item }));
  const outcome = await cameras.take(water, items);
  expect(outcome.rejections).toEqual([
    {
      ...{ index: 3, path: "/stream/url" },
      message: "::1 is this machine itself",
    },
  ]);
  await cameras.load();
});
afterAll(async () => {
  await store.close();
  await folder.remove();
});

function as(departments: string[] | null, masking: View["masking"]) {
  const who: Principal = {
    ...{ kind: "person", id: "1", subject: "1", login: "li", name: "Li" },
    ...{
      stage: "complete",
      watches: true,
      roles: ["dispatcher"],
      actions: new Set(),
    },
    view: { departments, districts: null, masking },
    screens: null,
  };
  const witness = createWitness(
    {
      write: (entry) => {
        lines.push(entry);
        return Promise.resolve();
      },
    },
    {
      ...{ act: "act", address: "", who: () => who },
      acts: { take: () => 0 },
    },
  );
  const ask = (more: object) =>
    ({
      params: { id },
      query: {},
      who,
      witness: witness.write,
      ...more,
    }) as never;
  const incidents = incidentHandlers(flow, store, createTheirs(flow, store));
  const video = cameraHandlers(cameras);
  return {
    list: () => incidents.listIncidents(ask({ query: { limit: 9 } })),
    get: (id: string) => incidents.getIncident(ask({ params: { id } })),
    reveal: (id: string) =>
      incidents.revealIncident(
        ask({ params: { id }, body: { reason: "回访 15400001234" } }),
      ),
    cameras: () =>
      video.listCameras(
        ask({ query: { limit: 9 } as Ask<"listCameras">["query"] }),
      ),
    points: () => video.cameraPoints(ask({})),
    open: (camera: string) => video.openCamera(ask({ body: { id: camera } })),
  };
}

/** What it is refused with. */
async function refusal(asked: () => unknown): Promise<HttpProblem> {
  try {
    await asked();
  } catch (error) {
    return error as HttpProblem;
  }
  throw new Error("it was not refused");
}

it("an incident outside the scope answers as one that is not there, and the refusal is told", async () => {
  const police = as(["POLICE"], "personal");
  expect(await police.list()).toEqual({
    ...{ items: [], cursor: null, foundFrom: null },
  });
  for (const ask of [police.get, police.reveal]) {
    const [outside, nowhere] = [
      await refusal(() => ask(id)),
      await refusal(() => ask("none")),
    ];
    expect(outside.status).toBe(404);
    expect(outside.message.replace(id, "none")).toBe(nowhere.message);
    expect(outside.refused?.object).toBe(`incident/${id}`);
    expect(nowhere.refused).toBeUndefined();
  }
  expect(lines).toEqual([]);
});

it("its texts are masked in the list, alone, and in its history", async () => {
  const changed = { ...report, description: "再次回电 林小满 5566778" };
  const personal = as(["WATER"], "personal");
  const { items } = (await personal.list()) as { items: unknown[] };
  expect(items).toMatchObject([
    {
      ...{ title: "林**家漏水", description: "回电 154****1234" },
      address: "幸福路128号3栋",
    },
  ]);
  const { reporter, ...told } = changed;
  await store.incidents.report([
    {
      ...told,
      ...{ feed: "water", department: "WATER", reporter: reporter! },
      ...{ category: null, priority: null, district: "west" },
      ...{ lng: 117, lat: 31, receivedAt: NOON, closedAt: null },
      ...{ description: changed.description, address: report.address! },
      ...{ sensor: null, camera: null, confidence: null, historic: false },
      status: null,
      dossier: NO_DOSSIER,
    },
  ]);
  const found = await as(["WATER"], "all").get(id);
  expect(found).toMatchObject({
    incident: { description: "再次回电 林** ***6778", address: "幸福路***" },
    history: [{}, { detail: "description: 再次回电 林** ***6778" }],
  });
});

it("is revealed for a reason that is written down first", async () => {
  expect(await as(["WATER"], "all").reveal(id)).toEqual({
    reporter: { name: "林小满", phone: "5566778" },
    title: "林小满家漏水",
    description: "再次回电 林小满 5566778",
    address: "幸福路128号3栋",
  });
  expect(lines.splice(0)).toMatchObject([
    {
      ...{ who: "li", object: `incident/${id}`, result: "done" },
      detail: "回访 154****1234",
    },
  ]);
});

it("lists tell how a camera plays, and only its door tells from where", async () => {
  const water = as(["WATER"], "personal");
  const told = await water.cameras();
  expect(JSON.stringify(told)).not.toContain("cams.example");
  expect(told).toMatchObject({
    items: [
      { id: "water/dark", plays: null },
      { id: "water/gate", plays: "hls" },
      { id: "water/street", plays: "hls" },
    ],
  });
  expect(await water.open("water/gate")).toEqual({
    ...{ kind: "hls", url: "https://cams.example/gate" },
  });
  expect(lines.splice(0)).toMatchObject([
    { object: "camera/water/gate", result: "done" },
  ]);
  expect((await refusal(() => water.open("water/dark"))).status).toBe(409);
});

it("a camera that is not shared answers as one that is not there, and the refusal is told", async () => {
  const police = as(["POLICE"], "personal");
  const shared = ["water/street"];
  expect(await police.cameras()).toMatchObject({ items: [{ id: shared[0] }] });
  expect(await police.points()).toMatchObject({ id: shared });
  const outside = await refusal(() => police.open("water/gate"));
  const nowhere = await refusal(() => police.open("water/none"));
  expect(outside.message.replace("gate", "none")).toBe(nowhere.message);
  expect([outside.status, nowhere.status]).toEqual([404, 404]);
  expect(outside.refused?.object).toBe("camera/water/gate");
  expect(nowhere.refused).toBeUndefined();
  expect(lines).toEqual([]);
  // Shared with the whole city, it is opened by every department.
  expect(await police.open("water/street")).toMatchObject({ kind: "hls" });
  expect(lines.splice(0)).toHaveLength(1);
});
