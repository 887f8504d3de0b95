import { expect, it } from "vitest";
import { madeOf } from "./made-of.ts";

it("makes it once of each thing", () => {
  let thing = "a";
  let made = 0;
  const now = madeOf(
    () => thing,
    (of) => `${of}${++made}`,
  );
  expect([now(), now()]).toEqual(["a1", "a1"]);
  thing = "b";
  expect([now(), now()]).toEqual(["b2", "b2"]);
});
