import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuditLine } from "../../contract/audit.ts";
import { createChance } from "../../test/kit/chance.ts";
import { anchored, sealed } from "./audit-anchor.ts";
import { chain, draftOf, GENESIS } from "./audit-line.ts";
import { createCheck, type Verdict } from "./audit-verify.ts";
import { createSeal } from "./seal.ts";

const keys = createSeal(Buffer.alloc(32, 7));
const strangers = createSeal(Buffer.alloc(32, 8));

/** A seeded audit of the city's duty desk. */
function auditOf(count: number, seed = 1): AuditLine[] {
  const chance = createChance(seed);
  const drafts = Array.from({ length: count }, (_, i) =>
    draftOf(
      {
        who: chance.one(["liwei", "wangfang", "device/wall-1", ""]),
        roles: chance.one([["dutyOfficer"], ["secAdmin", "leader"], []]),
        address: `10.0.0.${chance.between(1, 250)}`,
        act: chance.one(["signIn", "revealIncident", "putFeed"]),
        object: `incident/${chance.between(1, 999)}`,
        result: chance.one(["done", "refused", "failed"]),
        detail: "积水",
        before: { enabled: true, rev: i },
        after: { rev: i + 1, enabled: false },
      },
      1_700_000_000_000 + i,
      (text) => text,
    ),
  );
  return chain({ last: 0, head: GENESIS }, drafts);
}

const endOf = (lines: readonly AuditLine[]) => ({
  last: lines.at(-1)!.seq,
  head: lines.at(-1)!.hash,
});
const spanOf = (lines: readonly AuditLine[]) => ({
  ...{ first: lines[0]!.seq, firstPrevious: lines[0]!.previous },
  ...endOf(lines),
});

function verdictOn(
  lines: readonly AuditLine[],
  signed: Partial<Pick<Parameters<typeof createCheck>[0], "seal" | "anchor">>,
): Verdict {
  const check = createCheck(
    {
      ...{ lowest: lines[0]?.seq ?? null, highest: lines.at(-1)?.seq ?? null },
      ...{ seal: null, anchor: null, ...signed },
    },
    keys,
  );
  lines.forEach(check.take);
  return check.end();
}

describe("the audit's chain", () => {
  const lines = auditOf(1_000);
  const seal = sealed(spanOf(lines), keys);
  const anchor = anchored(endOf(lines), keys);
  const signed = { seal, anchor };
  const findings = (of: readonly AuditLine[], by = signed) =>
    verdictOn(of, by).findings;

  it("is whole where nobody touched it", () => {
    expect(verdictOn(lines, signed)).toEqual({
      ...{ lines: 1_000, first: 1, last: 1_000, findings: [] },
    });
  });

  it("is whole before its first line", () => {
    const none = anchored({ last: 0, head: GENESIS }, keys);
    const whole = { lines: 0, first: 0, last: 0, findings: [] };
    expect(verdictOn([], {})).toEqual(whole);
    expect(verdictOn([], { anchor: none })).toEqual(whole);
  });

  it("is whole where a crash left the anchor behind, and where old lines were pruned", () => {
    const behind = anchored(endOf(lines.slice(0, 990)), keys);
    expect(findings(lines, { seal, anchor: behind })).toEqual([]);
    const none = anchored({ last: 0, head: GENESIS }, keys);
    expect(findings(lines, { seal, anchor: none })).toEqual([]);
    const young = lines.slice(400);
    const moved = sealed(spanOf(young), keys);
    expect(findings(young, { seal: moved, anchor })).toEqual([]);
  });

  it("gives away any change of any field of any line", () => {
    const fields = Object.keys(lines[0]!) as (keyof AuditLine)[];
    fc.assert(
      fc.property(
        ...[fc.nat(lines.length - 1), fc.constantFrom(...fields)],
        ...[fc.string(), fc.integer({ min: 1, max: 2_000 })],
        (index, field, text, far) => {
          const line = lines[index]!;
          const value =
            typeof line[field] === "number" ? line[field] + far : text;
          fc.pre(value !== line[field]);
          const changed = lines
            .with(index, { ...line, [field]: value })
            .toSorted((a, b) => a.seq - b.seq);
          const found = findings(changed).join("\n");
          expect(found).toMatch(
            field === "seq"
              ? /missing: deleted|cut off|was changed/
              : new RegExp(`line ${line.seq} was changed`),
          );
        },
      ),
      { seed: 8, numRuns: 60 },
    );
  });

  it("names deleted lines", () => {
    expect(findings(lines.toSpliced(6, 1))).toEqual([
      "line 7 is missing: deleted",
    ]);
    expect(findings(lines.toSpliced(6, 3))).toEqual([
      "lines 7 to 9 are missing: deleted",
    ]);
  });

  it("names swapped lines, with or without their hashes", () => {
    const [one, other] = [lines[6]!, lines[41]!];
    const rows = lines
      .with(6, { ...other, seq: one.seq })
      .with(41, { ...one, seq: other.seq });
    expect(findings(rows)).toContain("lines 7 and 42 were swapped");
    const place = ({ seq, previous, hash }: AuditLine) => ({
      ...{ seq, previous, hash },
    });
    const contents = lines
      .with(6, { ...other, ...place(one) })
      .with(41, { ...one, ...place(other) });
    expect(findings(contents)).toEqual(["lines 7 and 42 were swapped"]);
  });

  it("misses the end that was cut off", () => {
    const rest = lines.slice(0, 995);
    expect(findings(rest)).toEqual([
      "lines 996 to 1000 are missing: the seal ends with line 1000; the end was cut off",
    ]);
    expect(findings([])).toEqual([
      "lines 1 to 1000 are missing: the seal ends with line 1000; the end was cut off",
    ]);
  });

  it("tells an older copy of the store, whose seal is true, by the anchor", () => {
    const rest = lines.slice(0, 995);
    const older = { seal: sealed(spanOf(rest), keys), anchor };
    expect(findings(rest, older)).toEqual([
      "lines 996 to 1000 are missing: the anchor holds line 1000, the store ends with line 995; the end was cut off, or the store was restored from an older backup",
    ]);
    expect(verdictOn([], { anchor }).findings).toEqual([
      expect.stringContaining("lines 1 to 1000 are missing: the anchor"),
    ]);
  });

  it("misses the beginning that was cut off", () => {
    expect(findings(lines.slice(4))).toEqual([
      "lines 1 to 4 are missing: the seal begins with line 1; the beginning was cut off",
    ]);
  });

  it("knows a chain that was written anew, hash by hash", () => {
    const anew = chain(
      { last: 0, head: GENESIS },
      lines.map(({ seq: _s, previous: _p, hash: _h, ...draft }) =>
        draft.who === "liwei" ? { ...draft, who: "wangfang" } : draft,
      ),
    );
    expect(findings(anew)).toEqual([
      expect.stringContaining("line 1000 is not the line that the seal"),
      expect.stringContaining("line 1000 is not the line that the anchor"),
    ]);
    const forged = {
      seal: sealed(spanOf(anew), strangers),
      anchor: anchored(endOf(anew), strangers),
    };
    expect(findings(anew, forged)).toEqual([
      expect.stringContaining("the seal was not made with this server's key"),
      expect.stringContaining("the anchor was not made with this server's key"),
    ]);
  });

  it("misses a seal and an anchor that were removed", () => {
    expect(verdictOn(lines, { anchor }).findings).toEqual([
      "the seal is missing from the store: it was removed",
    ]);
    expect(verdictOn(lines, { seal }).findings).toEqual([
      expect.stringContaining("the anchor (audit-anchor.json in DATA_DIR)"),
    ]);
  });

  it("takes no seal for an anchor, nor lines that the hub did not write", () => {
    const swapped = { ...anchor, mac: seal.mac };
    expect(findings(lines, { seal, anchor: swapped })).toHaveLength(1);
    const part = sealed(spanOf(lines.slice(0, 998)), keys);
    const behind = anchored(endOf(lines.slice(0, 998)), keys);
    expect(findings(lines, { seal: part, anchor: behind })).toEqual([
      "lines 999 to 1000 are not under the seal, which ends with line 998: put in by another hand",
    ]);
  });
});
