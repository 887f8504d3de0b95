/** A reader that was lost is opened again, on either store. */
import { afterAll, describe, expect, it } from "vitest";
import { makeFolder } from "../../test/kit/folder.ts";
import { startPostgres } from "../../test/kit/postgres.ts";
import type { Reader } from "./db.ts";
import { openDb, readDb, readLater } from "./open-db.ts";

const folder = makeFolder("read-later");
const ends: (() => Promise<unknown>)[] = [() => folder.remove()];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

const stores: [string, () => Promise<string>][] = [
  ["SQLite", () => Promise.resolve(`sqlite:${folder.path}/city.db`)],
  [
    "PostgreSQL",
    async () => {
      const postgres = await startPostgres();
      ends.push(() => postgres.stop());
      return postgres.url;
    },
  ],
];

describe.each(stores)("a reader of %s", (_, urlOf) => {
  let url: string;
  const one = (reader: Reader) => reader.all<{ n: number }>("SELECT 1 AS n");

  it("that could not be opened is opened at the next question", async () => {
    url = await urlOf();
    const db = await openDb(url);
    ends.push(() => db.close());
    let tries = 0;
    const reader = readLater(url, (asked) =>
      tries++ === 0 ? Promise.reject(new Error("away")) : readDb(asked),
    );
    await expect(one(reader)).rejects.toThrow("away");
    expect(await one(reader)).toEqual([{ n: 1 }]);
    expect(await one(reader)).toEqual([{ n: 1 }]);
    expect(tries).toBe(2);
    await reader.close();
  });

  it("that dies fails what it was asked, and the next question opens another", async () => {
    const opened: Reader[] = [];
    const reader = readLater(url, async (asked) => {
      opened.push(await readDb(asked));
      return opened.at(-1)!;
    });
    expect(await one(reader)).toEqual([{ n: 1 }]);
    await opened[0]!.close();
    await expect(one(reader)).rejects.toThrow();
    const answers = await Promise.all([one(reader), one(reader)]);
    expect(answers).toEqual([[{ n: 1 }], [{ n: 1 }]]);
    expect(opened).toHaveLength(2);
    await reader.close();
  });

  it("goes on after a question that was wrong", async () => {
    const reader = readLater(url);
    const [wrong, right] = await Promise.allSettled([
      reader.all("SELECT nothing FROM nowhere"),
      one(reader),
    ]);
    expect([wrong.status, right.status]).toEqual(["rejected", "fulfilled"]);
    expect(await one(reader)).toEqual([{ n: 1 }]);
    await reader.close();
  });
});
