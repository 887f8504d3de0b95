import { text } from "./text.ts";

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const V6 = /^[0-9a-f:]{2,39}$/i;

const isV4 = (address: string): boolean =>
  V4.exec(address)
    ?.slice(1)
    .every((part) => Number(part) <= 255) ?? false;

/** An address or a network in CIDR: `10.1.2.3`, `10.1.0.0/16`, `fd00::/8`. */
export const Network = text(49).refine(
  (given) => {
    const [address, bits, ...rest] = given.split("/");
    if (rest.length > 0 || address === undefined) return false;
    const most = isV4(address) ? 32 : V6.test(address) ? 128 : -1;
    if (most < 0) return false;
    return (
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
    );
  },
  { message: "expected an address or a network such as 10.1.0.0/16" },
);
