import { expect, it } from "vitest";
import { picturesOf } from "./incident.ts";

type Shown = Parameters<typeof picturesOf>[0];

it("shows a picture of what was done before that of the check that came after it", () => {
  const view = {
    incident: { id: "cover" },
    attachments: [{ url: "/api/found", kind: "image" }],
    dossier: {
      visits: [
        { kind: "check", photos: ["loose"], doneAt: 3 },
        { kind: "verify", photos: ["open"], doneAt: 1 },
      ],
      orders: [
        { department: "URBAN", feedback: { photos: ["closed"], at: 2 } },
        { department: "DRAIN", feedback: null },
      ],
    },
  } as unknown as Shown;
  expect(picturesOf(view).map(({ of }) => of)).toEqual([
    ...["report", "verify", "feedback", "check"],
  ]);
});
