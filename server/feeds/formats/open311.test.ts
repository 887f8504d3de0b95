import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordedData } from "../../../test/kit/data.ts";
import { feedRow, json } from "../../../test/kit/feeds.ts";
import { format } from "./open311.ts";

const feed = feedRow({ id: "requests", format: "open311/2" });
const read = (body: Buffer) =>
  format.judge(
    format.parse(body, { mediaType: "application/json", feed }),
    feed,
  );

const pothole = {
  service_request_id: "14-00684314",
  status: "closed",
  service_code: "4fd3",
  service_name: "Pothole in Street",
  requested_datetime: "2014-05-09T19:02:21-05:00",
  updated_datetime: "2015-10-10T10:15:40-05:00",
  lat: 41.7,
  long: -87.6,
  media_url: "http://city/1.jpg",
};

describe("open311/2", () => {
  it("tells a request as an incident", () => {
    expect(read(json([pothole])).facts).toEqual([
      {
        type: "incident",
        index: 0,
        item: {
          externalId: "14-00684314",
          source: "open311",
          category: "4fd3",
          title: "Pothole in Street",
          lng: -87.6,
          lat: 41.7,
          reportedAt: Date.UTC(2014, 4, 10, 0, 2, 21),
          closedAt: Date.UTC(2015, 9, 10, 15, 15, 40),
          attachments: [{ url: "http://city/1.jpg", kind: "photo" }],
        },
      },
    ]);
  });

  it("leaves an open request open, and an unplaced one without a place", () => {
    const open = { ...pothole, status: "open", lat: null, long: null };
    const [fact] = read(json([open])).facts;
    const none = { closedAt: undefined, lng: undefined, lat: undefined };
    expect(fact!.item).toMatchObject(none);
  });

  it("refuses a request without a time, by its path", () => {
    const { requested_datetime: _, ...rest } = pothole;
    const { rejections } = read(json([pothole, rest]));
    expect(rejections).toMatchObject([{ path: "/1/requested_datetime" }]);
  });
});

const data = recordedData();
describe.skipIf(!data)("recorded requests of Chicago", () => {
  it("are all taken", () => {
    const body = readFileSync(join(data!, "open311-chicago/requests.json"));
    const { facts, rejections } = read(body);
    expect([facts.length, rejections.length]).toEqual([34, 0]);
  });
});
