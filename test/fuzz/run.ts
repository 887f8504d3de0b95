/** `npm run fuzz [-- --payloads 10000 --seed 1 --only readings/1,csv]`: the full count of mutated payloads. */
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";

const { values } = parseArgs({
  options: {
    payloads: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});
const reports = await fuzz({
  payloads: Number(values.payloads),
  seed: Number(values.seed),
  settled: 2_000,
  ...(values.only ? { only: values.only.split(",") } : {}),
});

/** The heap may end so much above what it was when it had settled. */
const ALLOWED = 1.1;
const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

for (const { format, payloads, parsed, outcomes, heap, faults } of reports) {
  const grown = heap.end / heap.settled;
  console.log(
    `${format}: ${payloads} payloads, ${(parsed * 100).toFixed(0)} % got past the parser, ` +
      `heap ${mib(heap.settled)} → ${mib(heap.end)} (× ${grown.toFixed(3)})`,
  );
  console.log(`  ${JSON.stringify(outcomes)}`);
  for (const fault of faults) console.log(`  FAULT ${fault}`);
  if (faults.length > 0 || grown > ALLOWED) process.exitCode = 1;
}
