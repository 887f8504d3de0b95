import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Warning } from "../../../contract/warning.ts";
import { recordedData } from "../../../test/kit/data.ts";
import { feedRow } from "../../../test/kit/feeds.ts";
import { Unparseable } from "../format.ts";
import { bytesOf } from "../raw.ts";
import { format } from "./cap.ts";

const feed = feedRow({ id: "weather", format: "cap/1.2" });
const judge = (body: Uint8Array) =>
  format.judge(
    format.parse(body, { mediaType: "application/cap+xml", feed }),
    feed,
  );
const warningIn = (body: Uint8Array) => {
  const { facts, rejections } = judge(body);
  expect(rejections).toEqual([]);
  return facts[0]!.item as Warning;
};

const AREA = "<areaDesc>江滨区</areaDesc>";

/** A rainstorm warning; parts can be replaced. */
function alert(change: (xml: string) => string = (xml) => xml): Buffer {
  return Buffer.from(
    change(`<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>999000_20261120080000_1</identifier><sender>weather@jianglan</sender>
<sent>2026-11-20T08:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>zh-CN</language><category>Met</category><event>暴雨</event>
<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>
<eventCode><valueName>type</valueName><value>11B03</value></eventCode>
<onset>2026-11-20T09:00:00+08:00</onset><expires>2026-11-20T18:00:00+08:00</expires>
<headline>暴雨橙色预警</headline><description>3 小时 &gt; 50 mm &#x26;&#22823;&#39118;</description>
<area>${AREA}</area></info></alert>`),
  );
}
const without = (element: string) =>
  alert((xml) => xml.replace(new RegExp(`<${element}>[^]*?</${element}>`), ""));
/** An Update of the messages named; SENT is a time. */
const about = (references: string) =>
  alert((xml) =>
    xml
      .replace(">Alert<", ">Update<")
      .replace(
        "</scope>",
        `</scope><references>${references.replaceAll("SENT", "2026-11-20T07:00:00+08:00")}</references>`,
      ),
  );
const withArea = (shape: string) =>
  alert((xml) => xml.replace(AREA, AREA + shape));

describe("cap/1.2", () => {
  it("lets a warning without an end stand for a day", () => {
    const { sent, expires } = warningIn(without("expires"));
    expect(expires! - sent).toBe(86_400_000);
  });

  it.each([
    [
      "a text longer than any wall",
      alert((xml) =>
        xml.replace("<headline>", `<headline>${"长".repeat(20_001)}`),
      ),
      "/alert/info/headline",
    ],
    [
      "texts that are longer than any wall together",
      withArea(
        "<areaDesc>ok</areaDesc></area><area>" +
          `<areaDesc>${"长".repeat(20_000)}</areaDesc></area><area>`.repeat(4) +
          "<areaDesc>ok</areaDesc>",
      ),
      "/alert",
    ],
    [
      "more corners than any city",
      withArea(
        `<polygon>30,120 ${"30.1,120.1 ".repeat(5_000)}30,120</polygon>`,
      ),
      "/alert/info/area",
    ],
    [
      "more circles than any city has storms",
      withArea("<circle>30,120 1</circle>".repeat(209)),
      "/alert/info/area",
    ],
  ])("refuses %s, by its path", (_what, body, path) => {
    const { rejections } = judge(body);
    expect(rejections.map((one) => one.path)).toEqual([path]);
  });

  it("tells a warning in the city's words", () => {
    expect(warningIn(alert())).toEqual({
      sender: "weather@jianglan",
      identifier: "999000_20261120080000_1",
      sent: Date.UTC(2026, 10, 20),
      status: "Actual",
      msgType: "Alert",
      references: [],
      event: "暴雨",
      eventCode: "11B03",
      level: "orange",
      levelAssumed: false,
      urgency: "Immediate",
      certainty: "Likely",
      headline: "暴雨橙色预警",
      description: "3 小时 > 50 mm &大风",
      instruction: "",
      language: "zh-CN",
      senderName: "",
      onset: Date.UTC(2026, 10, 20, 1),
      expires: Date.UTC(2026, 10, 20, 10),
      areas: [
        { description: "江滨区", polygons: [], circles: [], geocodes: [] },
      ],
    });
  });

  it.each([
    ["Extreme", "red", false],
    ["Severe", "orange", false],
    ["Moderate", "yellow", false],
    ["Minor", "blue", false],
    ["Unknown", "blue", true],
    ["Ⅱ级", "blue", true],
  ])("gives severity %s the level %s", (severity, level, assumed) => {
    const body = alert((xml) => xml.replace("Severe", severity));
    expect(warningIn(body)).toMatchObject({ level, levelAssumed: assumed });
  });

  it("turns lat,lon into [lng, lat] and kilometres into metres", () => {
    const [area] = warningIn(
      withArea(
        "<polygon>30.1,120.1 30.2,120.1\n30.2,120.2 30.1,120.1</polygon>" +
          "<circle>30.1,120.1 2.5</circle><geocode><valueName>GB</valueName><value>999001</value></geocode>",
      ),
    ).areas;
    expect(area).toMatchObject({
      polygons: [
        [
          [120.1, 30.1],
          [120.1, 30.2],
          [120.2, 30.2],
          [120.1, 30.1],
        ],
      ],
      circles: [{ lng: 120.1, lat: 30.1, radius: 2500 }],
      geocodes: [{ name: "GB", value: "999001" }],
    });
  });

  it("leaves what looks like a reference in CDATA as it is", () => {
    const body = alert((xml) =>
      xml.replace("暴雨橙色预警", "<![CDATA[&#0; & &#65;]]>&#65;"),
    );
    expect(warningIn(body).headline).toBe("&#0; & &#65;A");
  });

  it("prefers the blocks in Chinese, and of several the worst", () => {
    const block = (language: string, severity: string, headline: string) =>
      `<info><language>${language}</language><category>Met</category><event>e</event><urgency>Past</urgency><severity>${severity}</severity><certainty>Likely</certainty><headline>${headline}</headline><area>${AREA}</area></info>`;
    const body = alert((xml) =>
      xml.replace(
        /<info>[^]*<\/info>/,
        block("en", "Extreme", "rain") +
          block("zh-CN", "Minor", "小雨") +
          block("zh-CN", "Severe", "暴雨"),
      ),
    );
    const { headline, level, areas } = warningIn(body);
    expect([headline, level, areas.length]).toEqual(["暴雨", "orange", 2]);
  });

  it("reads the messages that an update is about", () => {
    const body = alert((xml) =>
      xml
        .replace("Alert<", "Update<")
        .replace(
          "</scope>",
          "</scope><references>a@b,1,2026-11-20T07:00:00+08:00 a@b,2,2026-11-20T07:30:00+08:00</references>",
        ),
    );
    expect(warningIn(body).references).toEqual([
      { sender: "a@b", identifier: "1", sent: Date.UTC(2026, 10, 19, 23) },
      { sender: "a@b", identifier: "2", sent: Date.UTC(2026, 10, 19, 23, 30) },
    ]);
  });

  it.each([
    ["no scope", without("scope"), "/alert/scope"],
    ["no severity", without("severity"), "/alert/info[1]/severity"],
    ["no area's name", without("areaDesc"), "/alert/info[1]/area[1]/areaDesc"],
    [
      "an unknown status",
      alert((x) => x.replace("Actual", "Real")),
      "/alert/status",
    ],
    [
      "a time without offset",
      alert((x) => x.replace("09:00:00+08:00", "09:00:00")),
      "/alert/info[1]/onset",
    ],
    [
      "an update of nothing",
      alert((x) => x.replace(">Alert<", ">Update<")),
      "/alert/references",
    ],
    [
      "an open ring",
      withArea("<polygon>1,1 1,2 2,2 2,1</polygon>"),
      "/alert/info[1]/area[1]/polygon[1]",
    ],
    [
      "three points",
      withArea("<polygon>1,1 1,2 1,1</polygon>"),
      "/alert/info[1]/area[1]/polygon[1]",
    ],
    [
      "a latitude of 120",
      withArea("<circle>120.1,30.1 5</circle>"),
      "/alert/info[1]/area[1]/circle[1]",
    ],
    ...["-1", "1e3", "20039", "9".repeat(400)].map(
      (radius): [string, Buffer, string] => [
        `a circle ${radius.slice(0, 9)} km wide`,
        withArea(`<circle>30.1,120.1 ${radius}</circle>`),
        "/alert/info[1]/area[1]/circle[1]",
      ],
    ),
    ...["a b", "a,b", "a&lt;b", "a&amp;b", "a".repeat(129)].flatMap(
      (name): [string, Buffer, string][] => [
        [
          `the sender ${name.slice(0, 9)}`,
          alert((x) => x.replace("weather@jianglan", name)),
          "/alert/sender",
        ],
        [
          `the identifier ${name.slice(0, 9)}`,
          alert((x) => x.replace("999000_20261120080000_1", name)),
          "/alert/identifier",
        ],
      ],
    ),
    ["a reference with &", about("a&amp;b,1,SENT"), "/alert/references"],
    [
      "a reference to a name that is too long",
      about(`a,${"1".repeat(129)},SENT`),
      "/alert/references",
    ],
    ["501 references", about("a,1,SENT ".repeat(501)), "/alert/references"],
    ...[
      "&#x110000;",
      "&#9999999;",
      "&#0;",
      "&#x1;",
      "&#xD800;",
      "\u0001",
    ].flatMap((sign): [string, Buffer, string][] => [
      [
        `${JSON.stringify(sign)} in a headline`,
        alert((x) => x.replace("暴雨橙色", sign)),
        "/alert/info/headline",
      ],
      [
        `${JSON.stringify(sign)} where nobody reads`,
        alert((x) => x.replace("<info>", `<info note="${sign}">`)),
        "/alert/info/@note",
      ],
    ]),
  ])("refuses %s with its path", (_what, body, path) => {
    const { facts, rejections, raw } = judge(body);
    expect(facts).toEqual([]);
    expect(rejections).toMatchObject([{ index: 0, path }]);
    expect(bytesOf(raw(0))).toEqual(body);
  });

  it.each([
    ["JSON", Buffer.from("{}"), "not XML"],
    ["nothing", Buffer.from(""), "not XML"],
    ["an unclosed tag", alert((x) => x.replace("</alert>", "")), "not XML"],
    ["two roots", alert((x) => `${x}<alert/>`), "not XML"],
    [
      "another namespace",
      alert((x) => x.replace("cap:1.2", "cap:9")),
      "expected <alert> in the namespace",
    ],
    [
      "no namespace",
      alert((x) => x.replace(/ xmlns="[^"]*"/, "")),
      "expected <alert> in the namespace",
    ],
    ["an entity", alert((x) => x.replace("暴雨", "&rain;")), "&rain; is no"],
    [
      "a document type",
      alert((x) =>
        x.replace("<alert", "<!DOCTYPE alert [<!ENTITY a 'b'>]><alert"),
      ),
      "document type",
    ],
    [
      "bytes of another encoding",
      Buffer.concat([alert(), Buffer.from([0xff])]),
      "not UTF-8",
    ],
    [
      "an unknown encoding",
      alert((x) => x.replace("UTF-8", "KLINGON")),
      "not known",
    ],
    [
      "very many tags",
      alert((x) => x + "<a/>".repeat(30_000)),
      "more than 20000",
    ],
    ["very much text", alert((x) => x + " ".repeat(1_100_000)), "longer than"],
    [
      "deep nesting",
      alert((x) => x.replace(AREA, "<a>".repeat(500) + "</a>".repeat(500))),
      "not XML",
    ],
    [
      "prototype elements",
      alert((x) => x.replaceAll("headline", "__proto__")),
      "not XML",
    ],
  ])("cannot read %s", (_what, body, message) => {
    expect(() => judge(body)).toThrow(Unparseable);
    expect(() => judge(body)).toThrow(message);
  });

  it("refuses characters that no store can hold, by reference too", () => {
    for (const reference of ["&#0;", "&#xD800;"]) {
      const body = alert((x) => x.replace("暴雨", `暴雨${reference}`));
      expect(judge(body).rejections.length + judge(body).facts.length).toBe(1);
      const [fact] = judge(body).facts;
      expect(JSON.stringify(fact ?? "")).not.toMatch(/\\u0000|\\ud800/i);
    }
  });
});

/** Recorded alerts: what is meant to be refused, and where. */
const REFUSED: Record<string, string> = {
  "cap-google/invalid.cap": "/alert/scope",
  "cap-google/canada_errors.cap": "/alert/references",
  "cap-google/noaa_errors.cap": "/alert/info[1]/urgency",
};
const TAKEN = [
  "cap-google/australia.cap",
  "cap-google/canada.cap",
  "cap-google/canada_signed.cap",
  "cap-google/earthquake-iso8859-1.cap",
  "cap-google/earthquake.cap",
  "cap-google/earthquake_signed.cap",
  "cap-google/no_optional_fields.cap",
  "cap-google/validator-43b080713727.cap",
  "cap-google/validator-KAR0-0306112239-SW.cap",
  "cap-google/validator-thunderstorm.cap",
  "cap-google/wcatwc-warning.cap",
  "cap-google/weather.cap",
  ...[1, 2, 3, 4].map((n) => `cap-oasis-appendix/v1dot2_appendix_adot${n}.xml`),
];

const data = recordedData();
describe.skipIf(!data)("recorded warnings", () => {
  const file = (name: string) => readFileSync(join(data!, name));

  it.each(TAKEN)("%s is taken", (name) => {
    expect(warningIn(file(name)).identifier).not.toBe("");
  });

  it.each(Object.entries(REFUSED))("%s is refused at %s", (name, path) => {
    expect(judge(file(name)).rejections).toMatchObject([{ path }]);
  });

  it("the entity attack is refused before anything in it is looked at", () => {
    const xee = file("cap-google/xee.cap");
    expect(() => judge(xee)).toThrow("document type");
  });

  it("Latin-1 is read as Latin-1, and kept byte for byte", () => {
    const body = file("cap-google/earthquake-iso8859-1.cap");
    const { facts, raw } = judge(body);
    expect((facts[0]!.item as Warning).headline).toContain("Usulután");
    expect(Buffer.compare(bytesOf(raw(0)), body)).toBe(0);
  });
});
