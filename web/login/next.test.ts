import { expect, it } from "vitest";
import { nextOf } from "./next.ts";

const HERE = new URL("https://city.example/login?next=ignored");
const to = (next: unknown, here = HERE) => nextOf(next, here, "/desk").href;

it("goes back to the page that asked for the sign-in, with its parameters", () => {
  expect(to("/ops?feed=air#refused")).toBe(
    "https://city.example/ops?feed=air#refused",
  );
});

it.each([
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "/\t/evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "evil.example",
  "/login",
  "/",
  "",
  undefined,
  null,
])("goes to the first page where %j asks for something else", (next) => {
  expect(to(next)).toBe("https://city.example/desk");
});

it("stays here even where the path itself looks like another host", () => {
  const found = new URL(to("/.//evil.example/a"));
  expect(found.host).toBe("city.example");
});

it("keeps the language and the theme that were chosen while signing in", () => {
  const here = new URL("https://city.example/login?lang=en&theme=light&x=1");
  expect(to("/ops?lang=zh", here)).toBe(
    "https://city.example/ops?lang=en&theme=light",
  );
});
