/** What the audit is asked for. */
import type { z } from "zod";
import type { Api } from "../../../contract/api.ts";

export type AuditQuery = Omit<
  z.output<Api["exportAudit"]["query"]>,
  "limit" | "cursor"
>;
