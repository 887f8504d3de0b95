import { isRefusal, KeptOut, OverQuota } from "../feeds/refusal.ts";
import { OverCap, StoreUnavailable } from "../feeds/sink.ts";
import { HttpProblem } from "./problem.ts";

const STORE_RETRY = "5";

/** The HTTP answer to what the feeds refuse; null for what is not a refusal. */
export function refusalAnswer(error: unknown): HttpProblem | null {
  if (!isRefusal(error)) return null;
  if (error instanceof StoreUnavailable)
    return retry(503, error.message, STORE_RETRY);
  if (error instanceof OverCap || error instanceof OverQuota)
    return retry(429, error.message, String(error.retryAfter));
  if (error instanceof KeptOut && error.status === 401)
    return new HttpProblem(401, error.message, {
      headers: { "www-authenticate": "Bearer" },
    });
  const status = "status" in error ? error.status : 422;
  const path = "path" in error ? error.path : null;
  return new HttpProblem(status, error.message, {
    ...(path !== null && { errors: [{ path, message: error.message }] }),
  });
}

const retry = (status: number, message: string, seconds: string) =>
  new HttpProblem(status, message, { headers: { "retry-after": seconds } });
