/** Who opened which camera, from where: the audit knows, of those who were refused as well. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AuditLine } from "../../contract/audit.ts";
import { eventually, told } from "../flow/city.ts";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson } from "../kit/staff.ts";

const HANDLER = "10.3.0.3";
let hub: Hub;
let cookie: string;

beforeAll(async () => {
  hub = await startHub({
    city: {
      feeds: (["TEST", "ECO"] as const).map((department) => ({
        ...{ id: `cameras-${department.toLowerCase()}`, department },
        format: "cameras/1",
      })),
    },
    env: { TRUST_PROXY: "1" },
  });
  for (const own of ["test", "eco"])
    await told(hub, `cameras-${own}`, [
      {
        ...{ id: "gate", name: `Gate of ${own}`, ...PLACES.west },
        stream: { kind: "mp4", url: "/clip/sample.mp4" },
      },
      { id: "dark", name: "Gives no picture", ...PLACES.west },
    ]);
  ({ cookie } = await newPerson(hub, "handler", ["deptHandler"], {
    ...{ departments: ["TEST"], districts: null },
  }));
});
afterAll(() => hub?.stop());

const open = (id: string) =>
  ask<{ url?: string; detail?: string }>(hub, "POST", "/api/cameras/open", {
    ...{ cookie, body: { id }, headers: { "x-forwarded-for": HANDLER } },
  });
const linesOf = async (id: string) =>
  (
    await ask<{ items: AuditLine[] }>(
      ...([hub, "GET", `/api/audit?object=camera/${id}`] as const),
      { cookie: await hub.signIn("auditAdmin") },
    )
  ).body.items;

it("a camera of one's department opens, and the audit says who looked, from where, at which", async () => {
  expect((await open("cameras-test/gate")).body.url).toBe("/clip/sample.mp4");
  expect(await linesOf("cameras-test/gate")).toEqual([
    expect.objectContaining({
      ...{ who: "handler", roles: "deptHandler", address: HANDLER },
      ...{ act: "openCamera", object: "camera/cameras-test/gate" },
      ...{ result: "done", detail: "Gate of test" },
    }),
  ]);
});

it("a foreign camera is as one that is not there, and the audit tells the two apart", async () => {
  const foreign = await open("cameras-eco/gate");
  const missing = await open("cameras-eco/nowhere");
  expect([foreign.status, missing.status]).toEqual([404, 404]);
  expect(JSON.stringify(foreign.body).replace("gate", "nowhere")).toBe(
    JSON.stringify(missing.body),
  );
  const lines = await eventually(
    () => linesOf("cameras-eco/gate"),
    (found) => found.length > 0,
  );
  expect(lines).toEqual([
    expect.objectContaining({
      ...{ who: "handler", roles: "deptHandler", address: HANDLER },
      ...{ act: "openCamera", result: "refused" },
      detail: "the camera is not shared with them",
    }),
  ]);
  expect(await linesOf("cameras-eco/nowhere")).toEqual([]);
});

it("a foreign camera without a picture is not there either", async () => {
  expect((await open("cameras-test/dark")).status).toBe(409);
  expect((await open("cameras-eco/dark")).status).toBe(404);
  expect(await linesOf("cameras-test/dark")).toEqual([]);
});
