import { postgres, shared, sqlite } from "../../test/store/engines.ts";
import { searchOver } from "../../test/store/incident-search.ts";
import { movesThereAndBack } from "../../test/store/move.ts";
import { nounsOver } from "../../test/store/nouns.ts";
import { readingsOver } from "../../test/store/readings.ts";
import { troubleOver } from "../../test/store/trouble.ts";
import { statisticsOver } from "../../test/store/statistics.ts";
import { upgradesOver } from "../../test/store/upgrade.ts";
import { vaultOver } from "../../test/store/vault.ts";

const oneServer = shared(postgres);

nounsOver(oneServer);
readingsOver(oneServer);
upgradesOver(oneServer);
troubleOver(sqlite);
troubleOver(postgres);
movesThereAndBack();
vaultOver(oneServer);
searchOver(oneServer);
statisticsOver(sqlite);
statisticsOver(oneServer);
