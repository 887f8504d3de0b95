/** Looks names up for whoever connects to a stranger's URL, and refuses where they lead. */
import { lookup as resolve, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { judgeAddress, type Allowed } from "./outbound.ts";

/** A name may lead anywhere, and elsewhere the next time: the addresses are judged that are connected to. */
export const createLookup =
  (
    allowed: Allowed,
    ask: (
      name: string,
      answer: (error: Error | null, found: LookupAddress[]) => void,
    ) => void = (name, answer) => resolve(name, { all: true }, answer),
  ): LookupFunction =>
  (name, options, answer) => {
    ask(name, (error, found) => {
      // An address that says so by its name was allowed by it.
      const isNamed = allowed.hosts.has(name.toLowerCase().replace(/\.$/, ""));
      const flaw = isNamed
        ? undefined
        : found
            ?.map(({ address }) => judgeAddress(address, allowed))
            .find((each) => each !== null);
      const [first] = found ?? [];
      const failure =
        error ??
        (flaw || !first ? new Error(flaw ?? `${name} leads nowhere`) : null);
      if (failure) answer(failure, "", 0);
      else if (options.all) answer(null, found);
      else answer(null, first!.address, first!.family);
    });
  };
