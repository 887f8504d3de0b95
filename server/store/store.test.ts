import { nounsOver } from "../../test/store/nouns.ts";
import { sqlite } from "../../test/store/engines.ts";

nounsOver(sqlite);
