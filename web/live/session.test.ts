import { beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../contract/session.ts";
import { createCall, type Call } from "./call.ts";
import {
  complete,
  createHearing,
  keepSession,
  known,
  may,
  needsSignIn,
  notIn,
  session,
} from "./session.ts";

const PERSON: Session = {
  ...{ kind: "person", login: "lin.wei", name: "林伟", stage: "complete" },
  ...{ roles: ["dutyOfficer"], permissions: ["watch", "runFeeds"] },
  scope: { departments: null, districts: null },
  ...{ screens: null, idleAfter: 900_000, secondFactor: false },
};

/** What the hub answers by method and path; everything else is 401. */
let answers: Record<string, unknown>;
let refusal: object;
let asked: string[];
let call: Call;

beforeEach(() => {
  [answers, asked] = [{}, []];
  refusal = { title: "Unauthorized", status: 401 };
  keepSession("unknown");
  const fetched = ((path: string, init: RequestInit) => {
    const key = `${init.method} ${path}`;
    asked.push(key);
    const body = answers[key] ?? refusal;
    return Promise.resolve(
      Response.json(body, { status: key in answers ? 200 : 401 }),
    );
  }) as typeof fetch;
  call = createCall(
    createHearing(() => call("whoAmI")),
    fetched,
  );
});

const tried = (asking: Promise<unknown>) => asking.catch(() => {});
/** Until what a refusal set off has been answered. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("who is looking", () => {
  it("is kept from whichever door tells it", async () => {
    answers["POST /api/session"] = { ...PERSON, stage: "code" };
    await call("signIn", { body: { login: "lin.wei", password: "x" } });
    expect(known.value?.stage).toBe("code");
    expect(needsSignIn.value).toBe(true);
    answers["POST /api/session/code"] = PERSON;
    await call("giveCode", { body: { code: "123456" } });
    expect(complete.value).toBe(true);
    expect(needsSignIn.value).toBe(false);
  });

  it("may do what its roles allow, and nothing while it is not known", async () => {
    expect(may("watch")).toBe(false);
    answers["GET /api/session"] = PERSON;
    await call("whoAmI");
    expect(may("runFeeds")).toBe(true);
    expect(may("configureFeeds")).toBe(false);
  });

  it("is asked for when a door refuses, once for many refusals", async () => {
    await Promise.all([
      tried(call("listScreens")),
      tried(call("getHub")),
      tried(call("listFeeds")),
    ]);
    await settled();
    expect(asked.filter((one) => one === "GET /api/session")).toHaveLength(1);
    expect(session.value).toBe("denied");
  });

  it("stays at its page when the desk is locked, and needs no new sign-in", async () => {
    keepSession(PERSON);
    answers["GET /api/session"] = { ...PERSON, stage: "locked" };
    await tried(call("listScreens"));
    await settled();
    expect(known.value?.stage).toBe("locked");
    expect(complete.value).toBe(false);
    expect(needsSignIn.value).toBe(false);
  });

  it("is not forgotten because a password was wrong", async () => {
    await tried(
      call("signIn", { body: { login: "lin.wei", password: "wrong" } }),
    );
    await settled();
    expect(session.value).toBe("unknown");
    expect(asked).toEqual(["POST /api/session"]);
  });

  it("is told why the hub knows it no more, until it is known again", async () => {
    keepSession(PERSON);
    refusal = { ...refusal, why: "accountOff" };
    await tried(call("listScreens"));
    await settled();
    expect(notIn.value).toBe("accountOff");
    refusal = { ...refusal, why: "of a later version" };
    await tried(call("whoAmI"));
    expect([session.value, notIn.value]).toEqual(["denied", null]);
    keepSession(PERSON);
    expect(notIn.value).toBeNull();
  });

  it("is nobody after a sign-out", async () => {
    keepSession(PERSON);
    answers["DELETE /api/session"] = {};
    await call("signOut");
    expect(session.value).toBe("denied");
  });
});
