/** Lines as the audit tells them. */
import { createHash } from "node:crypto";
import type { AuditLine } from "../../../contract/audit.ts";
import { MINUTE } from "../../../contract/time.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

export function auditLines(noon: number): AuditLine[] {
  const line = (
    seq: number,
    who: string,
    act: string,
    object: string,
    more: Partial<AuditLine> = {},
  ): AuditLine => ({
    ...{ seq, at: noon - (5000 - seq) * MINUTE, who, act, object },
    ...{ roles: who && "sysAdmin", address: "10.2.1.1", result: "done" },
    ...{ detail: "", before: "", after: "" },
    ...{ previous: hash(`${seq - 1}`), hash: hash(`${seq}`), ...more },
  });
  return [
    line(4812, "chenzhiyuan", "putFeed", "feed/water-level", {
      before: JSON.stringify({
        signed: false,
        allow: [],
        quota: { burst: 10 },
      }),
      after: JSON.stringify({
        ...{ signed: true, allow: ["10.1.0.0/16"], quota: { burst: 20 } },
      }),
    }),
    line(4811, "", "signIn", "account/wangmin", {
      result: "refused",
      detail: "wrong name or password; 3 times from this address",
    }),
    line(4810, "linxiao", "requestChange", "account/account-3", {
      detail: "调岗：由派遣转任部门经办",
      after: JSON.stringify({ kind: "access", roles: ["deptHandler"] }),
    }),
    line(4809, "wall-3", "unheardOf", "screen/city-overview", {
      ...{ result: "failed", detail: "the store is away" },
    }),
  ];
}
