/** A picture that cannot be sent: it costs its follower the socket, and the city nothing. */
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLog } from "../../server/lib/log.ts";
import { openPush, type Push } from "../../server/push/socket.ts";
import { createTopics } from "../../server/push/topics.ts";
import { openFollower, type Follower } from "../kit/follower.ts";

const http = createServer();
let tooLong = false;
/** As a string of more characters than the engine has. */
const unsendable = {
  id: "storm",
  toJSON() {
    if (tooLong) throw new RangeError("Invalid string length");
    return { id: "storm" };
  },
};
let push: Push;
const topics = createTopics({
  epoch: "test",
  now: () => 1_000_000,
  send: (room, delta) => push.send(room, delta),
});
const filled = (item: { id: string }) => ({
  ids: () => [item.id],
  accepts: () => () => true,
  sees: () => () => true,
  item: () => item,
});
topics.fill("warnings", filled(unsendable), false);
topics.fill("feeds", filled({ id: "weather" }), false);

beforeAll(async () => {
  push = openPush(http, {
    viewer: () => ({
      view: { ...WHOLE_CITY, masking: "all" },
      session: "hall",
      account: "hall",
      watches: true,
    }),
    headers: {},
    admits: () => true,
    refused: () => undefined,
    topics: () => topics,
    log: createLog("silent"),
  });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
});
afterAll(() => push.close());

const wall = (): Promise<Follower> =>
  openFollower(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, "");

it("cuts off the wall that asks for it, and goes on with the others", async () => {
  tooLong = true;
  const [asking, other] = [await wall(), await wall()];
  asking.ask("warnings", {}).catch(() => undefined);
  await asking.ended;
  const room = await other.follow("feeds", {});
  topics.touch("feeds", "weather");
  await room.until(() => room.deltas.length > 0);
  expect(push.clients()).toBe(1);
  other.close();
});

it("cuts off the walls that follow it when it becomes so, and goes on with the others", async () => {
  tooLong = false;
  const [following, other] = [await wall(), await wall()];
  await following.follow("warnings", {});
  const room = await other.follow("feeds", {});
  tooLong = true;
  topics.touch("warnings", "storm");
  await following.ended;
  topics.touch("feeds", "weather");
  await room.until(() => room.deltas.length > 0);
  expect([...room.items.keys()]).toEqual(["weather"]);
  other.close();
});
