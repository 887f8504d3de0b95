import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Unparseable } from "./format.ts";
import { TooLarge, UnsupportedMedia } from "./refusal.ts";

/** Largest payload, packed or not (interfaces.md). */
export const LARGEST = 8 * 1024 * 1024;

const unzip = promisify(gunzip);

/** A payload as its sender wrote it; a bomb stops at the limit. */
export function inflate(
  body: Uint8Array,
  encoding: string | null,
): Uint8Array | Promise<Uint8Array> {
  switch (encoding?.toLowerCase() ?? "identity") {
    case "identity":
    case "":
      break;
    case "gzip":
    case "x-gzip":
      return unzip(body, { maxOutputLength: LARGEST }).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === "ERR_BUFFER_TOO_LARGE")
            throw new TooLarge("the payload is larger than 8 MiB unpacked");
          throw new Unparseable(
            "",
            `the payload is not gzip: ${error.message}`,
          );
        },
      );
    default:
      throw new UnsupportedMedia(
        `content encoding ${encoding} is not read; use gzip or none`,
      );
  }
  if (body.length > LARGEST)
    throw new TooLarge("the payload is larger than 8 MiB");
  return body;
}
