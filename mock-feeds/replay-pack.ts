/** `replay-pack DIR`: writes the city pack that recorded data are replayed into. */
import { writeReplayPack } from "./replay/pack.ts";

const [dir] = process.argv.slice(2);
if (dir === undefined) {
  console.error("replay-pack DIR: name the folder that the pack goes into");
  process.exit(1);
}
await writeReplayPack(dir);
