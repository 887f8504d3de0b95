import {
  Counter,
  Gauge,
  Histogram,
  Registry,
  collectDefaultMetrics,
} from "prom-client";

/** Prometheus metrics of the hub; one registry a process. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    ingested: new Counter({
      name: "chengshu_ingested_total",
      help: "Items by feed and outcome",
      labelNames: ["feed", "outcome"],
      registers,
    }),
    commit: new Histogram({
      name: "chengshu_commit_seconds",
      help: "From the hub taking readings to their commit",
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    fold: new Histogram({
      name: "chengshu_fold_seconds",
      help: "Folding the reading log into chunks",
      buckets: [0.05, 0.1, 0.5, 1, 5, 20],
      registers,
    }),
    auditFailures: new Counter({
      name: "chengshu_audit_failures_total",
      help: "Lines of the audit that could not be written; their acts were refused",
      registers,
    }),
    gauge: (name: string, help: string, read: () => number) =>
      new Gauge({
        name: `chengshu_${name}`,
        help,
        registers,
        collect() {
          this.set(read());
        },
      }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
