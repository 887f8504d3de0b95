import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { AHEAD, MINUTE } from "../../contract/time.ts";
import { createManualClock } from "../lib/clock.ts";
import { Signatures, signedText, type Sent } from "./signature.ts";

const NOON = Date.UTC(2026, 10, 20, 4);
const PATH = "/ingest/v1/air";
const BODY = Buffer.from('[{"sensor":"AQ-1"}]');
const SECRET = "secret-of-air";

let clock = createManualClock(NOON);
let signatures = new Signatures(clock);
beforeEach(() => {
  clock = createManualClock(NOON);
  signatures = new Signatures(clock);
  clock.advance(60 * MINUTE);
});

interface Plan {
  at?: number | string;
  nonce?: string;
  secret?: string;
  method?: string;
  path?: string;
  body?: Uint8Array;
}

function signed(plan: Plan = {}): Sent {
  const {
    at = clock.now(),
    nonce = "nonce-0000000001",
    secret = SECRET,
  } = plan;
  const { method = "POST", path = PATH, body = BODY } = plan;
  const text = signedText({ method, path }, String(at), nonce, body);
  const mac = createHmac("sha256", secret).update(text).digest("hex");
  return {
    method,
    path,
    headers: {
      "x-chengshu-timestamp": String(at),
      "x-chengshu-nonce": nonce,
      "x-chengshu-signature": `sha256=${mac}`,
    },
  };
}

/** What is wrong with it, or null. */
function trouble(
  sent: Sent,
  body: Uint8Array = BODY,
  feed = "air",
): string | null {
  try {
    signatures.verify(feed, SECRET, sent, body);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const without = (sent: Sent, name: string): Sent => ({
  ...sent,
  headers: { ...sent.headers, [`x-chengshu-${name}`]: undefined },
});

it("is made over five lines that anybody can write down", () => {
  const text = signedText({ method: "POST", path: PATH }, "1", "n", BODY);
  expect(text.split("\n")).toEqual([
    ...["POST", PATH, "1", "n"],
    // printf '[{"sensor":"AQ-1"}]' | sha256sum
    "06e1a0fd7d08390f394e977c49cb0ba1e0619677f91dd7d8fa7d9fcf49ea73d1",
  ]);
});

describe("a signed message", () => {
  it("is taken once", () => {
    const sent = signed();
    expect(trouble(sent)).toBeNull();
    expect(trouble(sent)).toMatch(/sent before/);
    expect(trouble(signed({ nonce: "nonce-0000000002" }))).toBeNull();
  });

  it("spends no other feed's nonce", () => {
    expect(trouble(signed())).toBeNull();
    expect(trouble(signed(), BODY, "water")).toBeNull();
  });

  it.each(["timestamp", "nonce", "signature"])("needs its %s", (name) => {
    expect(trouble(without(signed(), name))).toMatch(`${name} is missing`);
  });

  it("is refused when anything of it was changed, and its nonce is not spent", () => {
    const sent = signed();
    const changed: [Sent, Uint8Array?][] = [
      [sent, Buffer.from("[]")],
      [{ ...sent, path: "/ingest/v1/water" }],
      [{ ...sent, path: `${PATH}?x=1` }],
      [{ ...sent, method: "PUT" }],
      [signed({ secret: "another" })],
    ];
    for (const [name, value] of [
      ["timestamp", String(clock.now() + 1)],
      ["nonce", "nonce-0000000009"],
      ["signature", `sha256=${"0".repeat(64)}`],
    ] as const)
      changed.push([
        {
          ...sent,
          headers: { ...sent.headers, [`x-chengshu-${name}`]: value },
        },
      ]);
    for (const [one, body] of changed)
      expect(trouble(one, body)).toMatch(/not of this message/);
    expect(trouble(sent)).toBeNull();
  });

  it.each([
    [{ at: "2026-11-20T04:00:00Z" }, /timestamp must be milliseconds/],
    [{ at: Math.floor(NOON / 1000) }, /timestamp must be milliseconds/],
    [{ nonce: "short" }, /nonce must be 16 to 128/],
    [{ nonce: "x".repeat(129) }, /nonce must be 16 to 128/],
    [{ nonce: "sixteen spaces  " }, /nonce must be 16 to 128/],
  ])("says what is wrong with the form of %j", (plan, sentence) => {
    expect(trouble(signed(plan))).toMatch(sentence);
  });

  it("may be five minutes old or ahead, and no more", () => {
    const fates = [-AHEAD - 1, -AHEAD, AHEAD, AHEAD + 1].map((off, i) =>
      trouble(signed({ at: clock.now() + off, nonce: `nonce-000000000${i}` })),
    );
    const far = expect.stringMatching(
      /300 s from the hub's clock; 5 minutes/,
    ) as string;
    expect(fates).toEqual([far, null, null, far]);
  });

  it("cannot come again for as long as its time would let it", () => {
    const sent = signed({ at: clock.now() + AHEAD });
    expect(trouble(sent)).toBeNull();
    for (let passed = 0; passed < 2 * AHEAD; passed += MINUTE) {
      clock.advance(MINUTE);
      trouble(signed({ nonce: `nonce-of-minute-${passed}` }));
      expect(trouble(sent)).toMatch(/sent before/);
    }
    clock.advance(1);
    expect(trouble(sent)).toMatch(/from the hub's clock/);
  });

  it("cannot come again after a restart", () => {
    const sent = signed();
    expect(trouble(sent)).toBeNull();
    clock.advance(1_000);
    signatures = new Signatures(clock);
    expect(trouble(sent)).toMatch(/before the hub started/);
    expect(trouble(signed())).toBeNull();
  });
});
