import { describe, expect, it } from "vitest";
import type { HistoryLine, OwnMatter } from "../../contract/incident.ts";
import type { Item } from "./item.ts";
import { courseOf, ownOf } from "./own.ts";

const matter = (id: string, key: string | null) =>
  ({ id, key, number: id, title: id, visits: [] }) as unknown as OwnMatter;
const item = (id: string, state: Item["state"], incident: string | null) =>
  ({
    ...{ id, state, errand: { kind: "report" } },
    incident: incident === null ? null : { id: incident, number: incident },
  }) as unknown as Item;
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describe("one's own reports", () => {
  it("are told once, by the hub as soon as it has them", () => {
    const items = [
      item("waits", "waiting", null),
      item("sent", "sent", "i1"),
      item("answer lost", "waiting", null),
      item("not told yet", "sent", "i3"),
    ];
    const matters = [matter("i1", "sent"), matter("i2", "answer lost")];
    const own = ownOf(matters, items);
    expect(idsOf(own.items)).toEqual(["waits", "not told yet"]);
    expect(idsOf(own.matters)).toEqual(["i1", "i2"]);
  });

  it("keep a refused result although the hub tells of its incident", () => {
    const refused = item("refused", "refused", "i1");
    expect(idsOf(ownOf([matter("i1", null)], [refused]).items)).toEqual([
      "refused",
    ]);
  });

  it("tell where they moved and what one did oneself, and no clock", () => {
    const line = (what: string, who: string, from: string, to: string) =>
      ({ what, who, from, to }) as HistoryLine;
    const history = [
      line("reported", "feed:desk", "", "reported"),
      line("urge", "clock", "reported", "reported"),
      line("note", "lin", "reported", "reported"),
      line("edit", "wang", "reported", "reported"),
      line("register", "wang", "reported", "registered"),
    ];
    const told = courseOf(history, "lin").map(({ what }) => what);
    expect(told).toEqual(["reported", "note", "register"]);
  });
});
