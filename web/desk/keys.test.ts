import { effectScope } from "vue";
import { describe, expect, it } from "vitest";
import { createCommands, type Commands } from "./command.ts";
import { createKeyReader } from "./keys.ts";

function offer(to: Commands, ...keys: string[]): void {
  to.offer(
    keys.map((key) => ({
      ...{ id: key, key, name: () => key },
      ...{ obstacle: () => null, run: () => {} },
    })),
  );
}

/** Commands that the presses complete; each press is so many ms after the last. */
function pressed(
  presses: [key: string, after?: number][],
  ...keys: string[]
): string[] {
  const scope = effectScope();
  return scope.run(() => {
    const commands = createCommands();
    offer(commands, ...keys);
    const read = createKeyReader(commands);
    let timeStamp = 0;
    return presses.flatMap(([key, after = 100]) => {
      timeStamp += after;
      return read({ key, timeStamp })?.id ?? [];
    });
  })!;
}

describe("the keys of the desk", () => {
  it("takes two presses for one command, and each alone for its own", () => {
    const keys = ["g i", "g d", "i", "d"];
    expect(pressed([["g"], ["i"], ["i"]], ...keys)).toEqual(["g i", "i"]);
    expect(pressed([["d"], ["g"], ["d"]], ...keys)).toEqual(["d", "g d"]);
  });

  it("forgets a first press that nothing followed, or something else did", () => {
    expect(pressed([["g"], ["i", 2_000]], "g i", "i")).toEqual(["i"]);
    expect(pressed([["g"], ["x"], ["i"]], "g i", "x", "i")).toEqual(["x", "i"]);
  });

  it("tells small letters from capitals, and gives a key to who came last", () => {
    expect(pressed([["x"], ["X"]], "x", "X")).toEqual(["x", "X"]);
    effectScope().run(() => {
      const commands = createCommands();
      offer(commands, "a");
      const inner = effectScope();
      inner.run(() =>
        commands.offer([
          {
            ...{ id: "inner", key: "a", name: () => "" },
            ...{ obstacle: () => null, run: () => {} },
          },
        ]),
      );
      expect(commands.byKey("a")?.id).toBe("inner");
      inner.stop();
      expect(commands.byKey("a")?.id).toBe("a");
    });
  });
});
