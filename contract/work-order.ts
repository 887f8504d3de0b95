import { z } from "zod";
import { Instant } from "./time.ts";

/** One department's task on an incident (工单); its own states (decisions I1). */
export const OrderStatus = z.enum([
  /** 待签收 */
  "sent",
  /** 处置中 */
  "handling",
  /** 挂账 */
  "suspended",
  /** 已反馈 */
  "fedBack",
  /** 已退回 */
  "returned",
  /** 已撤回: the incident was taken from the department. */
  "withdrawn",
  /** 已办结: the incident was closed. */
  "done",
]);
export type OrderStatus = z.infer<typeof OrderStatus>;

/** An order in one of these asks nothing more of its department. */
export const ORDER_ENDED: ReadonlySet<OrderStatus> = new Set([
  "returned",
  "withdrawn",
  "done",
]);

/** What a department reports as done. Photos name attachments. */
export const Feedback = z.object({
  at: Instant,
  by: z.string(),
  note: z.string(),
  photos: z.array(z.string()),
});
export type Feedback = z.infer<typeof Feedback>;

export const WorkOrder = z.object({
  /** Counts from 1 within its incident; never reused. */
  no: z.number().int(),
  department: z.string(),
  /** Lead 主办, or co-handling 协办. */
  isLead: z.boolean(),
  status: OrderStatus,
  sentAt: Instant,
  signedAt: Instant.nullable(),
  signedBy: z.string().nullable(),
  feedback: Feedback.nullable(),
});
export type WorkOrder = z.infer<typeof WorkOrder>;
