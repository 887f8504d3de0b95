/** A city of four corners, told through its feeds, and how each door and topic shows which of them somebody sees. */
import type { DutyNow } from "../../contract/duty.ts";
import type { DataScope } from "../../contract/data-scope.ts";
import { attach } from "../kit/attach.ts";
import { DISTRICTS, indicatorRow, PLACES, type CityPlan } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import type { Hub } from "../kit/hub.ts";
import { jpeg } from "../kit/pictures.ts";
import { ask } from "../kit/staff.ts";
import { eventually, told } from "../flow/city.ts";

/** Names of rows, in the order of the alphabet. */
export type Rows = string[];

/** One's own: the test bureau, in the west. */
export const OWN: DataScope = {
  departments: ["TEST"],
  districts: [DISTRICTS.west.code],
};

const CORNERS = [
  ["own", "TEST", "own", "west"],
  ["own", "TEST", "foreign", "east"],
  ["foreign", "ECO", "own", "west"],
  ["foreign", "ECO", "foreign", "east"],
] as const;
const NO_DISTRICT = "own department, no district";
const nameOf = (department: string, district: string) =>
  `${department} department, ${district} district`;

const feeds = (["TEST", "ECO"] as const).flatMap((department) =>
  (
    [
      ["sensors", "sensors/1"],
      ["readings", "readings/1"],
      ["incidents", "incidents/1"],
      ["cars", "positions/1"],
      ["cameras", "cameras/1"],
      ["reports", "indicators/1"],
    ] as const
  ).map(([name, format]) => ({
    id: `${department.toLowerCase()}-${name}`,
    system: department.toLowerCase(),
    ...{ department, format, expectEvery: 3_600_000 },
  })),
);

export const MATRIX_CITY: CityPlan = {
  feeds,
  // Nobody of the matrix has a scope that is a whole centre's but the city.
  centres: { EAST: "east" },
  indicators: (["TEST", "ECO"] as const).map((ownerDept) =>
    indicatorRow({
      id: `${ownerDept.toLowerCase()}.told`,
      ...{ source: "reported", ownerDept, scopes: "city;district" },
      ...{ every: "3600000", staleAfter: "7200000" },
      // What every district reports is a blue level: each has its alarm.
      ...{ direction: "L", blue: "1", red: "9", opensIncident: "true" },
      ...{ priority: "3", category: "pothole" },
    }),
  ),
};

/** What each corner is called in the feeds' own words. */
const code = (department: string, place: string) =>
  `${department.toLowerCase()}-${place}`;

export async function tellTheCity(hub: Hub): Promise<void> {
  const at = Date.now();
  for (const [, department, , place] of CORNERS) {
    const own = department.toLowerCase();
    const id = code(department, place);
    const { lng, lat } = PLACES[place];
    const { code: district } = DISTRICTS[place];
    await told(hub, `${own}-sensors`, [
      {
        ...{ id, name: id, kind: "gauge", lat },
        lng: lng + aside(department),
        metrics: [{ metric: "level", unit: "m", period: 3_600_000 }],
      },
    ]);
    await told(hub, `${own}-readings`, [
      { sensor: id, metric: "level", at, value: 1 },
    ]);
    await told(hub, `${own}-incidents`, [
      {
        ...{ externalId: id, source: id, title: id, reportedAt: at, lng, lat },
        reporter: { name: "张三丰", phone: "13812345678" },
      },
    ]);
    await told(hub, `${own}-cars`, [{ object: id, kind: "bus", at, lng, lat }]);
    await told(hub, `${own}-cameras`, [
      {
        ...{ id, name: id, lng, lat },
        stream: { kind: "mp4", url: "/clip/sample.mp4" },
      },
    ]);
    await told(hub, `${own}-reports`, [
      { indicator: `${own}.told`, scope: district, at, value: 1 },
    ]);
    // Refused, and so kept in quarantine.
    await hub.post(`${own}-readings`, [{ sensor: id, metric: "level" }]);
  }
  await told(hub, "test-incidents", [
    {
      externalId: "test-nowhere",
      source: "test-nowhere",
      title: "test-nowhere",
      reportedAt: at,
    },
  ]);
  await told(hub, "test-reports", [
    { indicator: "test.told", scope: "city", at, value: 1 },
  ]);
  await keepDuty(hub, "eco-east");
  const cookie = await hub.signIn("leader");
  // Indicators are looked at once a second.
  await eventually(
    () => look["topic indicators"]!.seen(hub, cookie),
    (rows) => rows.length === 5,
  );
}

/** The city centre's officer writes of a place, and hands the shift over. */
async function keepDuty(hub: Hub, place: string): Promise<void> {
  const cookie = await hub.signIn("dutyOfficer");
  const write = (path: string, body: object) =>
    ask(hub, "POST", path, { cookie, body });
  await write("/api/duty/log", { kind: "call", text: place });
  const { body } = await get<DutyNow>(hub, cookie, "/api/duty");
  const { date, shift } = body.on!;
  await write("/api/duty/hand-overs", { date, shift, comment: place });
}

/** The row behind a feed's own word, as it may stand in any id. */
function rowsIn(texts: Iterable<string>): Rows {
  const found = new Set<string>();
  for (const text of texts) {
    for (const [d, department, p, place] of CORNERS)
      if (text.includes(code(department, place))) found.add(nameOf(d, p));
    if (text.includes("test-nowhere")) found.add(NO_DISTRICT);
  }
  return [...found].sort();
}
const jsonOf = (items: readonly unknown[]) =>
  rowsIn(items.map((item) => JSON.stringify(item)));

/** Of each corner whether a door opens. */
async function opened(
  opens: (corner: {
    department: string;
    place: "west" | "east";
    id: string;
  }) => Promise<{ status: number }>,
): Promise<Rows> {
  const found: Rows = [];
  for (const [d, department, p, place] of CORNERS) {
    const id = code(department, place);
    const { status } = await opens({ department, place, id });
    if (status === 200) found.push(nameOf(d, p));
    else if (status !== 404) throw new Error(`${id}: ${status}`);
  }
  return found.sort();
}

export interface Looked {
  seen(hub: Hub, cookie: string | null): Promise<Rows>;
  /** What there is of these rows, where it is not all. */
  of?: Rows;
}

const BY_DEPARTMENT_AND_DISTRICT: Rows = [
  "foreign department, foreign district",
  "foreign department, own district",
  "own department, foreign district",
  "own department, own district",
];
const DAYS = `from=${Date.now() - 86_400_000}&to=${Date.now() + 86_400_000}`;
const get = <T>(hub: Hub, cookie: string | null, path: string) =>
  ask<T>(hub, "GET", path, { cookie });

async function snapshotOf<I>(
  hub: Hub,
  cookie: string | null,
  topic: string,
  params: object = {},
): Promise<I[]> {
  const follower = await openFollower(hub.url, cookie ?? "");
  try {
    const answer = await follower.ask(topic, params);
    if ("error" in answer) throw new Error(answer.error);
    return answer.snapshot as I[];
  } finally {
    follower.close();
  }
}

const topicOf =
  (topic: string, params: object = {}) =>
  async (hub: Hub, cookie: string | null): Promise<Rows> =>
    jsonOf(await snapshotOf(hub, cookie, topic, params));

/** Feeds are systems, not places: of a department, in no district. */
const FEED_ROWS: Rows = [
  "foreign department, no district",
  "own department, no district",
];
async function openedFeeds(
  opens: (feed: string) => Promise<{ status: number }>,
  name = "readings",
): Promise<Rows> {
  const found: Rows = [];
  for (const [row, feed] of [
    [FEED_ROWS[0]!, `eco-${name}`],
    [FEED_ROWS[1]!, `test-${name}`],
  ] as const) {
    const { status } = await opens(feed);
    if (status === 200) found.push(row);
    else if (status !== 404) throw new Error(`${feed}: ${status}`);
  }
  return found;
}
const feedRowsIn = (items: readonly unknown[]) => {
  const texts = items.map((item) => JSON.stringify(item));
  return FEED_ROWS.filter((_, i) =>
    texts.some((text) => text.includes(`"${["eco", "test"][i]}-readings"`)),
  );
};

/** The incident that a corner told of, as the whole city knows it. */
const incidents = new Map<string, string>();
async function incidentOf(hub: Hub, id: string): Promise<string> {
  if (incidents.size === 0) {
    const { body } = await get<{ items: { id: string; title: string }[] }>(
      ...([hub, await hub.signIn("leader"), "/api/incidents"] as const),
    );
    for (const { id, title } of body.items) incidents.set(title, id);
  }
  return incidents.get(id)!;
}

/** The lightest step, on an incident as it stands now. */
async function noteAt(hub: Hub, id: string, photos: string[] = []) {
  const { body } = await get<{ incident: { rev: number } }>(
    ...([hub, await hub.signIn("leader"), `/api/incidents/${id}`] as const),
  );
  const asked = { step: "note", body: { note: "seen", photos } };
  return { rev: body.incident.rev, asked };
}

/** Of every incident one picture, that somebody of the whole city sent. */
const pictures = new Map<string, Promise<string>>();
const pictureOf = (hub: Hub, id: string): Promise<string> => {
  const known = pictures.get(id) ?? noted(hub, id);
  pictures.set(id, known);
  return known;
};
async function noted(hub: Hub, id: string): Promise<string> {
  const cookie = await hub.signIn("leader");
  const { body: sent } = await attach(hub, cookie, new Uint8Array(jpeg()));
  const body = await noteAt(hub, id, [sent.id]);
  await ask(hub, "POST", `/api/incidents/${id}/steps`, { cookie, body });
  return `/attachments/${sent.id}`;
}

const onIncidents =
  (method: string, end: string | typeof pictureOf = "", body?: unknown) =>
  async (hub: Hub, cookie: string | null): Promise<Rows> => {
    const opens = async (corner: string) => {
      const id = await incidentOf(hub, corner);
      const rest = typeof end === "string" ? end : await end(hub, id);
      return ask(hub, method, `/api/incidents/${id}${rest}`, {
        cookie,
        body: body === noteAt ? await noteAt(hub, id) : body,
      });
    };
    const corners = await opened(({ id }) => opens(id));
    const { status } = await opens("test-nowhere");
    return [...corners, ...(status === 200 ? [NO_DISTRICT] : [])].sort();
  };

/** The webhook of each department's system. */
function putWebhooks(hub: Hub, cookie: string | null): Promise<Rows> {
  return openedFeeds((feed) => {
    const system = feed.split("-")[0]!;
    return ask(hub, "PUT", `/api/webhooks/${system}`, {
      cookie,
      body: { url: "https://desk.example/status", enabled: false },
    });
  });
}

/** What is done to the webhook of each department's system, which is there. */
const onWebhooks =
  (method: string, end: string) =>
  async (hub: Hub, cookie: string | null): Promise<Rows> => {
    await putWebhooks(hub, await hub.signIn("sysAdmin"));
    return openedFeeds((feed) => {
      const system = feed.split("-")[0]!;
      return ask(hub, method, `/api/webhooks/${system}${end}`, {
        ...{ cookie, body: {} },
      });
    });
  };

const alarmOf = (department: string, place: "west" | "east") =>
  `${department.toLowerCase()}.told@${DISTRICTS[place].code}`;
/** Whose alarms these are. */
function cornersOf(alarms: readonly { id: string }[] = []): Rows {
  const ids = alarms.map(({ id }) => id);
  return CORNERS.filter(([, department, , place]) =>
    ids.includes(alarmOf(department, place)),
  )
    .map(([d, , p]) => nameOf(d, p))
    .sort();
}
const onAlarms =
  (end: string, body: object) => (hub: Hub, cookie: string | null) =>
    opened(({ department, place }) =>
      ask(hub, "POST", `/api/alarms/${end}`, {
        cookie,
        body: { id: alarmOf(department, place), ...body },
      }),
    );

/** Sensors stand a little apart, so that a place says whose they are. */
const aside = (department: string) => (department === "ECO" ? 0.01 : 0);

const feedOf = async (hub: Hub, id: string) => {
  const cookie = await hub.signIn("sysAdmin");
  const { body } = await get<{ items: { id: string; health?: unknown }[] }>(
    ...([hub, cookie, "/api/feeds"] as const),
  );
  const { health: _health, ...feed } = body.items.find((one) => one.id === id)!;
  return feed;
};

/** What the officer of the whole city wrote: of one row here, and told to nobody who sees less than the city. */
const OF_THE_CENTRE: Rows = [nameOf("foreign", "foreign")];

export const look: Record<string, Looked> = {
  listSensors: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    async seen(hub, cookie) {
      const { body } = await get<{ items: unknown[] }>(
        ...([hub, cookie, "/api/sensors?kind=gauge"] as const),
      );
      return jsonOf(body.items);
    },
  },
  sensorPoints: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    async seen(hub, cookie) {
      const { body } = await get<{ lng: number[] }>(
        ...([hub, cookie, "/api/sensors/points"] as const),
      );
      return CORNERS.filter(([, department, , place]) =>
        body.lng.some(
          (lng) =>
            Math.abs(lng - PLACES[place].lng - aside(department)) < 0.001,
        ),
      )
        .map(([d, , p]) => nameOf(d, p))
        .sort();
    },
  },
  seriesHistory: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    seen: (hub, cookie) =>
      opened(({ department, id }) => {
        const query = new URLSearchParams({
          ...{ system: department.toLowerCase(), sensor: id, metric: "level" },
          ...{ from: "0", to: String(Date.now()) },
        });
        return get(hub, cookie, `/api/series/history?${query.toString()}`);
      }),
  },
  indicatorHistory: {
    async seen(hub, cookie) {
      const at = (indicator: string, scope: string) =>
        get(
          ...([hub, cookie] as const),
          `/api/indicators/${indicator}/history?scope=${scope}&from=0&to=${Date.now()}`,
        );
      const corners = await opened(({ department, place }) =>
        at(`${department.toLowerCase()}.told`, DISTRICTS[place].code),
      );
      const { status } = await at("test.told", "city");
      return [...corners, ...(status === 200 ? [NO_DISTRICT] : [])].sort();
    },
  },
  listIncidents: {
    async seen(hub, cookie) {
      const { body } = await get<{ items: unknown[] }>(
        ...([hub, cookie, "/api/incidents"] as const),
      );
      return jsonOf(body.items);
    },
  },
  // The city's, and the east's: whoever sees the whole city reads both.
  listDutyCentres: {
    of: OF_THE_CENTRE,
    async seen(hub, cookie) {
      const { body } = await get<{ items: { code: string | null }[] }>(
        ...([hub, cookie, "/api/duty/centres"] as const),
      );
      const isRead = body.items.some(({ code }) => code === "EAST");
      return isRead ? OF_THE_CENTRE : [];
    },
  },
  listDutyLog: {
    of: OF_THE_CENTRE,
    async seen(hub, cookie) {
      const { body } = await get<{ items: unknown[] }>(
        ...([hub, cookie, "/api/duty/log"] as const),
      );
      return jsonOf(body.items);
    },
  },
  listHandOvers: {
    of: OF_THE_CENTRE,
    async seen(hub, cookie) {
      const { body } = await get<{ items: { comment: string }[] }>(
        ...([hub, cookie, "/api/duty/hand-overs"] as const),
      );
      return rowsIn(body.items.map(({ comment }) => comment));
    },
  },
  shiftSummary: {
    async seen(hub, cookie) {
      const { body } = await get<{ matters: unknown[] }>(
        ...([hub, cookie, "/api/duty/summary"] as const),
      );
      return jsonOf(body.matters);
    },
  },
  getIncident: { seen: onIncidents("GET") },
  getAttachment: { seen: onIncidents("GET", pictureOf) },
  takeStep: { seen: onIncidents("POST", "/steps", noteAt) },
  getLikeness: { seen: onIncidents("GET", "/likeness") },
  // Nobody works on this city's incidents, so nobody is told a figure; whose are whose, test/flow/statistics.test.ts proves.
  getStatistics: {
    of: [],
    async seen(hub, cookie) {
      const { body } = await get<Record<"departments", { key: string }[]>>(
        ...([hub, cookie, `/api/statistics?${DAYS}`] as const),
      );
      return body.departments.map(({ key }) => key);
    },
  },
  listCounted: {
    of: [],
    async seen(hub, cookie) {
      const { body } = await get<{ items: { number: string }[] }>(
        ...([
          hub,
          cookie,
          `/api/statistics/incidents?${DAYS}&measure=registered`,
        ] as const),
      );
      return body.items.map(({ number }) => number);
    },
  },
  exportStatistics: {
    of: [],
    async seen(hub, cookie) {
      const { body } = await get<string>(
        ...([
          hub,
          cookie,
          `/api/statistics/export?${DAYS}&format=csv`,
        ] as const),
      );
      return body.match(/^部门,[^\r]*/gm) ?? [];
    },
  },
  // Nothing of this city is late or supervised.
  listSlow: {
    of: [],
    async seen(hub, cookie) {
      const { body } = await get<{ items: { number: string }[] }>(
        ...([hub, cookie, "/api/statistics/slow"] as const),
      );
      return body.items.map(({ number }) => number);
    },
  },
  exportSlow: {
    of: [],
    async seen(hub, cookie) {
      const { body } = await get<string>(
        ...([hub, cookie, "/api/statistics/slow/export?format=csv"] as const),
      );
      return body.split("\r\n").slice(1).filter(Boolean);
    },
  },
  bePresent: { seen: onIncidents("PUT", "/presence", { does: "looks" }) },
  revealIncident: {
    seen: onIncidents("POST", "/reveal", { reason: "to call back" }),
  },
  listAlarms: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    async seen(hub, cookie) {
      const { body } = await get<{ standing: { id: string }[] }>(
        ...([hub, cookie, "/api/alarms"] as const),
      );
      return cornersOf(body.standing);
    },
  },
  unshelveAlarm: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    seen: onAlarms("unshelve", {}),
  },
  acknowledgeAlarm: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    seen: onAlarms("acknowledge", { comment: "seen" }),
  },
  shelveAlarm: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    seen: onAlarms("shelve", { for: 60_000, reason: "known works" }),
  },
  cameraPoints: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    async seen(hub, cookie) {
      const { body } = await get<{ id: string[] }>(
        ...([hub, cookie, "/api/cameras/points"] as const),
      );
      return rowsIn(body.id);
    },
  },
  listCameras: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    async seen(hub, cookie) {
      const { body } = await get<{ items: unknown[] }>(
        ...([hub, cookie, "/api/cameras"] as const),
      );
      return jsonOf(body.items);
    },
  },
  openCamera: {
    of: BY_DEPARTMENT_AND_DISTRICT,
    seen: (hub, cookie) =>
      opened(({ department, id }) =>
        ask(hub, "POST", "/api/cameras/open", {
          ...{ cookie },
          body: { id: `${department.toLowerCase()}-cameras/${id}` },
        }),
      ),
  },
  listFeeds: {
    of: FEED_ROWS,
    async seen(hub, cookie) {
      const { body } = await get<{ items: unknown[] }>(
        ...([hub, cookie, "/api/feeds"] as const),
      );
      return feedRowsIn(body.items);
    },
  },
  listQuarantine: {
    of: FEED_ROWS,
    seen: (hub, cookie) =>
      openedFeeds((feed) => get(hub, cookie, `/api/feeds/${feed}/quarantine`)),
  },
  replayQuarantine: {
    of: FEED_ROWS,
    seen: (hub, cookie) =>
      openedFeeds((feed) =>
        ask(hub, "POST", `/api/feeds/${feed}/quarantine/replay`, {
          ...{ cookie, body: { ids: [] } },
        }),
      ),
  },
  putFeed: {
    of: FEED_ROWS,
    seen: (hub, cookie) =>
      openedFeeds(async (feed) =>
        ask(hub, "PUT", `/api/feeds/${feed}`, {
          ...{ cookie, body: await feedOf(hub, feed) },
        }),
      ),
  },
  tryMapping: {
    of: FEED_ROWS,
    seen: (hub, cookie) =>
      openedFeeds(async (feed) =>
        ask(hub, "POST", "/api/feeds/try", {
          ...{ cookie, body: { feed: await feedOf(hub, feed), sample: "[]" } },
        }),
      ),
  },
  listFeedKeys: {
    of: FEED_ROWS,
    seen: (hub, cookie) =>
      openedFeeds((feed) => get(hub, cookie, `/api/feeds/${feed}/keys`)),
  },
  listWebhooks: {
    of: FEED_ROWS,
    async seen(hub, cookie) {
      await putWebhooks(hub, await hub.signIn("sysAdmin"));
      const { body } = await get<{ items: { system: string }[] }>(
        ...([hub, cookie, "/api/webhooks"] as const),
      );
      return FEED_ROWS.filter((_, i) =>
        body.items?.some(({ system }) => system === ["eco", "test"][i]),
      );
    },
  },
  putWebhook: { of: FEED_ROWS, seen: putWebhooks },
  retryWebhook: { of: FEED_ROWS, seen: onWebhooks("POST", "/retry") },
  dropWebhook: { of: FEED_ROWS, seen: onWebhooks("DELETE", "") },
  rotateFeedKey: {
    of: FEED_ROWS,
    seen: (hub, cookie) =>
      openedFeeds(
        (feed) =>
          ask(hub, "POST", `/api/feeds/${feed}/keys`, { cookie, body: {} }),
        "reports",
      ),
  },
  revokeFeedKey: {
    of: FEED_ROWS,
    seen: (hub, cookie) =>
      openedFeeds(async (feed) => {
        const made = await ask<{ id: string }>(
          ...([hub, "POST", `/api/feeds/${feed}/keys`] as const),
          { cookie: await hub.signIn("sysAdmin"), body: {} },
        );
        const path = `/api/feeds/${feed}/keys/${made.body.id}`;
        return ask(hub, "DELETE", path, { cookie });
      }, "reports"),
  },
  newFeedSecret: {
    of: FEED_ROWS,
    seen: (hub, cookie) =>
      openedFeeds(
        (feed) =>
          ask(hub, "POST", `/api/feeds/${feed}/secret`, { cookie, body: {} }),
        "reports",
      ),
  },
  editIndicator: {
    of: FEED_ROWS,
    seen: (hub, cookie) =>
      openedFeeds(async (name) => {
        const id = name.replace("-told", ".told");
        const { body } = await get<{ items: { id: string; rev: number }[] }>(
          ...([hub, await hub.signIn("leader"), "/api/indicators"] as const),
        );
        const { rev } = body.items.find((one) => one.id === id)!;
        return ask(hub, "PATCH", `/api/indicators/${id}`, {
          ...{ cookie, body: { rev, change: { nameEn: `At rev ${rev}` } } },
        });
      }, "told"),
  },
  "topic indicators": {
    async seen(hub, cookie) {
      const city = await indicatorsAt(hub, cookie, "city");
      return [...city, ...(await indicatorsAt(hub, cookie, "*"))].sort();
    },
  },
  "topic sensors": {
    of: BY_DEPARTMENT_AND_DISTRICT,
    seen: topicOf("sensors", { kind: "gauge" }),
  },
  "topic sensorStates": {
    of: BY_DEPARTMENT_AND_DISTRICT,
    async seen(hub, cookie) {
      const states = await snapshotOf<{ id: number }>(
        hub,
        cookie,
        "sensorStates",
      );
      const admin = await hub.signIn("leader");
      const names = await Promise.all(
        states.map(({ id }) =>
          get<{ items: unknown[] }>(hub, admin, `/api/sensors?no=${id}`),
        ),
      );
      return jsonOf(names.flatMap(({ body }) => body.items));
    },
  },
  "topic incidents": { seen: topicOf("incidents") },
  "topic incidentCounts": { seen: topicOf("incidentCounts") },
  "topic queue": { seen: topicOf("queue") },
  "topic presence": {
    async seen(hub, cookie) {
      const look = onIncidents("PUT", "/presence", { does: "looks" });
      await look(hub, await hub.signIn("leader"));
      const open = await snapshotOf<{ id: string }>(hub, cookie, "presence");
      const ids = new Set(open.map(({ id }) => id));
      return jsonOf([...incidents].filter(([, id]) => ids.has(id)));
    },
  },
  "topic alarms": {
    of: BY_DEPARTMENT_AND_DISTRICT,
    async seen(hub, cookie) {
      return cornersOf(await snapshotOf(hub, cookie, "alarms"));
    },
  },
  "topic feeds": {
    of: FEED_ROWS,
    seen: async (hub, cookie) =>
      feedRowsIn(await snapshotOf(hub, cookie, "feeds")),
  },
  "topic positions": {
    of: BY_DEPARTMENT_AND_DISTRICT,
    seen: topicOf("positions"),
  },
  "topic cameraStates": {
    of: BY_DEPARTMENT_AND_DISTRICT,
    seen: topicOf("cameraStates"),
  },
};

/** Rows of an indicator's values: its owner, and the district it speaks of. */
async function indicatorsAt(
  hub: Hub,
  cookie: string | null,
  scope: "city" | "*",
): Promise<Rows> {
  const items = await snapshotOf<{
    indicator: string;
    scope: string;
    value: number | null;
  }>(hub, cookie, "indicators", { scope });
  return items
    .filter(({ value }) => value !== null)
    .map((item) => {
      const d = item.indicator.startsWith("test") ? "own" : "foreign";
      if (item.scope === "city") return `${d} department, no district`;
      return nameOf(d, item.scope === DISTRICTS.west.code ? "own" : "foreign");
    });
}
