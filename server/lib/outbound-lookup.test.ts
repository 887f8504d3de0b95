import { expect, it } from "vitest";
import type { LookupAddress } from "node:dns";
import { NONE_ALLOWED, readAllowed, type Allowed } from "./outbound.ts";
import { createLookup } from "./outbound-lookup.ts";

/** What a connection to a name gets when a name server says these addresses. */
function looked(allowed: Allowed, ...said: string[]): Promise<unknown> {
  const found: LookupAddress[] = said.map((address) => ({
    ...{ address, family: address.includes(":") ? 6 : 4 },
  }));
  const lookup = createLookup(allowed, (_, answer) => answer(null, found));
  return new Promise((resolve, reject) => {
    lookup("desk.example", { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });
}

it("a name leads where a name server says, unless that is this machine or its metadata", async () => {
  await expect(looked(NONE_ALLOWED, "10.1.2.3")).resolves.toEqual([
    { address: "10.1.2.3", family: 4 },
  ]);
  for (const address of ["127.0.0.1", "::1", "169.254.169.254"])
    await expect(
      looked(NONE_ALLOWED, "10.1.2.3", address),
      address,
    ).rejects.toThrow(address);
  await expect(looked(NONE_ALLOWED)).rejects.toThrow("leads nowhere");
});

it("what the operator allowed by name or network may be reached", async () => {
  for (const allowed of ["desk.example", "127.0.0.0/8"])
    await expect(
      looked(readAllowed(allowed), "127.0.0.1"),
      allowed,
    ).resolves.toEqual([{ address: "127.0.0.1", family: 4 }]);
});
