import { postgres } from "../../test/store/engines.ts";
import { nounsOver } from "../../test/store/nouns.ts";
import { readingsOver } from "../../test/store/readings.ts";

nounsOver(postgres);
readingsOver(postgres);
