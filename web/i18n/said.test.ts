/** No page quotes the hub's own English: what a call or a topic tells goes through the reader's language. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SENTENCES } from "../../contract/sentences.ts";
import { told } from "./sentence.ts";
import { say } from "../../contract/sentence.ts";

const ROOMS = ["start", "wall", "ops"];
const pages = ROOMS.flatMap((room) => {
  const folder = join(import.meta.dirname, "..", room);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".vue"))
    .map((file) => join(folder, file));
});

describe.each(pages)("%s", (file) => {
  it("shows no cause as it came", () => {
    const text = readFileSync(file, "utf8");
    expect(text).not.toMatch(/(?:trouble|cause|value)\??\.message/);
    expect(text).not.toMatch(/\{\{ *\w+\.message *\}\}/);
  });
});

it("says in Chinese that the hub cannot be reached, which a page learns without it", () => {
  const sentence = { message: SENTENCES.hubUnreachable };
  expect(told({ ...say("hubUnreachable"), ...sentence }, "zh")).toMatch(
    /\p{Script=Han}/u,
  );
});
