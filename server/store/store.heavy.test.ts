import { nounsOver } from "../../test/store/nouns.ts";
import { postgres } from "../../test/store/engines.ts";

nounsOver(postgres);
