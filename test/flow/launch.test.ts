/** `npm start` from outside: one line, a living city, and nothing left behind. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { startChild } from "../kit/child.ts";
import { makeFolder } from "../kit/folder.ts";
import { builtProgram } from "../kit/built.ts";
import { freePort } from "../kit/port.ts";
import { root } from "../../server/lib/root.ts";
import { eventually } from "./city.ts";

const folder = makeFolder("launch");
afterAll(() => folder.remove());

it("starts no hub for a replay that is asked with a wrong word, and removes nothing", async () => {
  const kept = join(folder.path, "replay/kept");
  mkdirSync(join(folder.path, "replay"));
  writeFileSync(kept, "an earlier replay");
  const child = startChild(
    process.execPath,
    [builtProgram("replay"), "--fresh", "--from", join(folder.path, "away")],
    { env: { DATA_DIR: folder.path, PORT: String(await freePort()) } },
  );
  expect(await child.exited).toBe(1);
  expect(child.output()).toMatch(/away is not a folder that can be read/);
  expect(child.output()).toContain("npm run replay -- --from DIR");
  expect(child.output()).not.toMatch(/ENOENT|#token=/);
  expect(readdirSync(join(folder.path, "replay"))).toEqual(["kept"]);
});

it("says in a sentence that its port is taken, and takes no other hub for its own", async () => {
  const other = createServer((_request, reply) => reply.end("{}")).listen(0);
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const child = startChild(process.execPath, [builtProgram("demo")], {
    env: { DATA_DIR: join(folder.path, "second"), PORT: String(port) },
  });
  expect(await child.exited).toBe(1);
  expect(child.output()).toContain(`the port ${port} is taken`);
  expect(child.output()).not.toMatch(/#token=|at .*\.js:/);
  other.close();
});

it("says in a sentence which value of the environment is wrong", async () => {
  const child = startChild(process.execPath, [builtProgram("demo")], {
    env: { DATA_DIR: folder.path, PORT: "abc" },
  });
  expect(await child.exited).toBe(1);
  expect(child.output().trim()).toBe(
    "PORT: expected a port number, 0 to 65535",
  );
});

it("ends with the shell of npm that it was started by", async () => {
  const port = await freePort();
  const npm = startChild("npm", ["start"], {
    cwd: root,
    env: {
      DATA_DIR: join(folder.path, "npm"),
      PORT: String(port),
      MQTT_PORT: String(await freePort()),
    },
  });
  await npm.wrote(/#token=/);
  npm.signal("SIGTERM");
  expect(
    await eventually(
      () => isAnswering(port),
      (still) => !still,
    ),
  ).toBe(false);
});

const isAnswering = (port: number) =>
  fetch(`http://127.0.0.1:${port}/api/health`).then(
    () => true,
    () => false,
  );

/** Signs in by the link that the demo prints under this name. */
async function cookieOf(
  url: string,
  file: string,
  nameZh: string,
): Promise<string> {
  const links = JSON.parse(readFileSync(file, "utf8")) as {
    nameZh: string;
    url: string;
  }[];
  const link = links.find((one) => one.nameZh === nameZh)!;
  const reply = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: /([\w-]{20,})$/.exec(link.url)![1] }),
  });
  return reply.headers.getSetCookie()[0]!.split(";", 1)[0]!;
}

interface Health {
  feeds: Record<string, number>;
}

it("brings a city to life and takes hub and departments with it when it is killed outright", async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const launcher = startChild(process.execPath, [builtProgram("demo")], {
    env: {
      DATA_DIR: folder.path,
      PORT: String(port),
      MQTT_PORT: String(await freePort()),
    },
  });
  await launcher.wrote(/#token=/);
  await launcher.wrote(
    new RegExp(`npm run mock -- --story storm --hub ${url}`),
  );
  const health = async () =>
    (await (await fetch(`${url}/api/health`)).json()) as Health;
  const { feeds } = await eventually(
    health,
    ({ feeds }) => (feeds["live"] ?? 0) >= 35,
    90_000,
  );
  expect(feeds["live"]).toBeGreaterThanOrEqual(35);
  const links = join(folder.path, "demo/sign-in-links.json");
  expect(existsSync(links)).toBe(true);
  expect(readFileSync(links, "utf8")).toContain(url);

  // A district's own officer finds cases that are on their way, and a crew.
  const cookie = await cookieOf(url, links, "滨江区指挥中心值班员");
  const ask = async <T>(path: string) =>
    (await (await fetch(url + path, { headers: { cookie } })).json()) as T;
  const at = (status: string) => async () =>
    (
      await ask<{ items: { source: string }[] }>(
        `/api/incidents?limit=500&status=${status}`,
      )
    ).items.filter(({ source }) => source === "gridReport").length;
  for (const status of ["handling", "closed,evaluated"])
    expect(await eventually(at(status), (n) => n > 0)).toBeGreaterThan(0);
  const duty = await ask<{ id: string; on: { people: unknown[] } }>(
    "/api/duty",
  );
  expect(duty.id).toBe("DIST-02");
  expect(duty.on.people).toHaveLength(4);

  await launcher.stop("SIGKILL");
  expect(
    await eventually(
      () => isAnswering(port),
      (still) => !still,
    ),
  ).toBe(false);
});
