import { openDoor } from "./door.ts";
import { createOutbox } from "./outbox.ts";
import { createIdleSignal, type Sender } from "./sender.ts";

export interface HttpSenderOptions {
  hub: string;
  feed: string;
  key: string;
  /** The feed's format; it decides how items become a body. */
  format: string;
  /** Items kept while the hub is away. */
  keep: number;
  signal: AbortSignal;
  onTrouble?(message: string): void;
}

/** How a batch of items looks on the wire, and how many fit in one request. */
interface Encoding {
  mediaType: string;
  most: number;
  encode(items: readonly unknown[]): string;
}

const json: Encoding = {
  mediaType: "application/json",
  most: 1000,
  encode: (items) => JSON.stringify(items),
};

/** Every item is one whole XML document. */
const cap: Encoding = {
  mediaType: "application/cap+xml",
  most: 1,
  encode: (items) => String(items[0]),
};

/** Items are flat objects of one shape; the first gives the header line. */
const csv: Encoding = {
  mediaType: "text/csv",
  most: 1000,
  encode(items) {
    const rows = items as Record<string, string | number>[];
    const columns = Object.keys(rows[0] ?? {});
    const line = (cells: readonly (string | number)[]) =>
      cells.map(quoted).join(",");
    return [
      line(columns),
      ...rows.map((row) => line(columns.map((c) => row[c] ?? ""))),
    ].join("\r\n");
  },
};

const quoted = (cell: string | number): string =>
  /[",\r\n]/.test(String(cell))
    ? `"${String(cell).replaceAll('"', '""')}"`
    : String(cell);

export function encodingOf(format: string): Encoding {
  if (format === "cap/1.2") return cap;
  return format === "csv" ? csv : json;
}

/** Posts what is in the outbox batch by batch, in order, one request at a time. */
export function openHttpSender(options: HttpSenderOptions): Sender {
  const outbox = createOutbox<unknown>(options.keep);
  const encoding = encodingOf(options.format);
  const idle = createIdleSignal();
  const stop = new AbortController();
  const abort = () => stop.abort(options.signal.reason);
  options.signal.addEventListener("abort", abort, { once: true });
  if (options.signal.aborted) abort();

  let onTheWay = 0;
  let acknowledged = 0;
  let refused = 0;

  const door = openDoor({
    hub: options.hub,
    feed: options.feed,
    key: options.key,
    mediaType: encoding.mediaType,
    signal: stop.signal,
    patient: true,
    ...(options.onTrouble && { onTrouble: options.onTrouble }),
  });

  async function deliver(): Promise<void> {
    for (;;) {
      if (outbox.size === 0) idle.reached();
      await outbox.filled();
      const batch = outbox.take(encoding.most);
      onTheWay = batch.length;
      const answer = await door.post(encoding.encode(batch));
      onTheWay = 0;
      if (answer.taken) {
        acknowledged += batch.length - answer.reply.rejected;
        refused += answer.reply.rejected;
        const [first] = answer.reply.rejections;
        if (first)
          options.onTrouble?.(
            `feed ${options.feed}: ${answer.reply.rejected} of ${batch.length} refused, first at ${first.index}${first.path}: ${first.message}`,
          );
      } else {
        refused += batch.length;
        options.onTrouble?.(`feed ${options.feed}: ${answer.message}`);
      }
    }
  }

  const delivery = deliver().catch((error: unknown) => {
    idle.reached();
    if (!stop.signal.aborted)
      options.onTrouble?.(`feed ${options.feed} stopped: ${String(error)}`);
  });

  return {
    send: (items) => outbox.push(items),
    settled: () =>
      outbox.size + onTheWay === 0 ? Promise.resolve() : idle.promise(),
    async close() {
      stop.abort(new Error("closed"));
      options.signal.removeEventListener("abort", abort);
      if (onTheWay > 0) await delivery;
    },
    get count() {
      return {
        waiting: outbox.size + onTheWay,
        acknowledged,
        refused,
        dropped: outbox.dropped,
      };
    },
  };
}
