import { expect, it } from "vitest";
import type { Action } from "../../contract/role.ts";
import { firstPageOf } from "./first-page.ts";

it.each<[string, Action[], string]>([
  ["an acceptor", ["watch", "report", "triage", "urge"], "/desk"],
  ["a dispatcher", ["watch", "report", "dispatch", "urge"], "/desk"],
  ["a hotline seat", ["watch", "reveal", "report", "callBack"], "/desk"],
  ["a section head", ["watch", "ruleHigher", "supervise"], "/desk"],
  ["a department's handler", ["watch", "report", "handle"], "/inbox"],
  ["a grid worker", ["watch", "report", "visit"], "/m"],
  ["who handles and dispatches", ["watch", "handle", "dispatch"], "/desk"],
  ["a leader", ["watch", "urge", "supervise", "instruct"], "/"],
  ["the hall", ["watch", "openVideo"], "/"],
  ["the system administrator", ["watch", "manageAccounts"], "/admin"],
  ["the security administrator", ["readAccounts", "permit"], "/admin"],
  ["the auditor", ["readAudit"], "/admin"],
  ["who may nothing", [], "/"],
])("%s begins where the work is", (_who, permissions, page) =>
  expect(firstPageOf({ permissions })).toBe(page),
);
