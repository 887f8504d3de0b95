import { sqlite } from "../../test/store/engines.ts";
import { searchOver } from "../../test/store/incident-search.ts";
import { nounsOver } from "../../test/store/nouns.ts";
import { readingsOver } from "../../test/store/readings.ts";
import { upgradesOver } from "../../test/store/upgrade.ts";
import { vaultOver } from "../../test/store/vault.ts";

nounsOver(sqlite);
readingsOver(sqlite);
upgradesOver(sqlite);
vaultOver(sqlite);
searchOver(sqlite);
