import { expect, it } from "vitest";
import { Problem } from "./door.ts";
import { recognise, say, type Fact, type SentenceCode } from "./sentence.ts";
import { SENTENCES } from "./sentences.ts";

const codes = Object.keys(SENTENCES) as SentenceCode[];
const SAMPLES: Record<string, Fact> = {
  roles: ["sysAdmin", "secAdmin"],
  actions: ["permit", "changeRights"],
  lines: "lines 3 to 5 are",
};
const sample = (name: string): Fact => SAMPLES[name] ?? `x-${name}`;
/** As the server would say it, whatever its holes. */
const anySay = say as (
  code: SentenceCode,
  facts?: object,
) => {
  message: string;
};

it.each(codes)("finds %s again in the English that the audit keeps", (code) => {
  const holes = [...SENTENCES[code].matchAll(/\{(\w+)\}/g)].map(
    ([, name]) => name!,
  );
  const facts = Object.fromEntries(holes.map((name) => [name, sample(name)]));
  const { message } = anySay(code, facts);
  expect(message).not.toMatch(/[{}]/);
  expect(recognise(message)).toEqual({
    ...{ message, code },
    ...(holes.length > 0 && { facts }),
  });
});

it("lists several as English does", () => {
  const actions = ["readAccounts", "changeRights", "permit"];
  const { message } = say("roleOnlyHas", { role: "secAdmin", actions });
  expect(message).toBe(
    "secAdmin may have nothing but readAccounts, changeRights and permit",
  );
  expect(recognise(message)?.facts).toEqual({ role: "secAdmin", actions });
});

it("leaves what a person wrote alone", () => {
  for (const reason of ["moves to another desk", "核实来电", "", "by bus"])
    expect(recognise(reason)).toBeNull();
});

it("leaves a code of a newer hub out, and keeps its sentence", () => {
  const told = { title: "Conflict", status: 409, detail: "of tomorrow" };
  const problem = Problem.parse({
    ...{ ...told, code: "ofTomorrow", facts: { n: 1 } },
    errors: [{ path: "/body/x", message: "new", code: "alsoNew" }],
  });
  expect(problem).toMatchObject({ detail: "of tomorrow" });
  expect(problem.code).toBeUndefined();
  expect(problem.errors![0]!.code).toBeUndefined();
});
