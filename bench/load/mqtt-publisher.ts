/**
 * Publishes one reading a message, QoS 1, on a bare socket with ready packets:
 * the cheapest publisher there can be, because it shares the machine with what
 * is measured. Speaks MQTT 3.1.1; knows CONNECT, PUBLISH and the length of PUBACK.
 */
import { once } from "node:events";
import { connect } from "node:net";
import { answer } from "../../test/kit/program.ts";
import { item, ITEM_BYTES, stamp } from "../../test/kit/readings.ts";

export interface MqttLoad {
  port: number;
  topic: string;
  sensors: number;
  /** Messages a second; null: as far ahead of the receiver as `ahead` allows. */
  rate: number | null;
  /** Most messages between what was sent and what `received` told. */
  ahead: number;
}

/** Unacknowledged by the broker at most: it acknowledges at once, this only bounds buffers. */
const IN_FLIGHT = 4_000;
/** Packets written at once. */
const BURST = 200;
const PUBACK_BYTES = 4;

let sent = 0;
let acknowledged = 0;
let received = 0;
let running = false;
let wake: () => void = () => undefined;

const commands = {
  async start(load: MqttLoad): Promise<void> {
    const socket = connect(load.port, "127.0.0.1");
    socket.setNoDelay(true);
    await once(socket, "connect");
    socket.write(connectPacket(`bench-${process.pid}`));
    await once(socket, "data");

    let partial = 0;
    socket.on("data", (chunk: Buffer) => {
      partial += chunk.length;
      acknowledged += Math.floor(partial / PUBACK_BYTES);
      partial %= PUBACK_BYTES;
      wake();
    });
    running = true;
    sent = acknowledged = received = 0;
    void publish(load);

    async function publish({ topic, sensors, rate, ahead }: MqttLoad) {
      const packet = publishPacket(topic);
      const burst = Buffer.concat(Array<Buffer>(BURST).fill(packet));
      const started = performance.now();
      let packetId = 0;
      let at = 0;
      while (running) {
        const due =
          rate === null
            ? Infinity
            : Math.floor(((performance.now() - started) * rate) / 1000);
        const room = Math.min(
          BURST,
          IN_FLIGHT - (sent - acknowledged),
          ahead - (sent - received),
          due - sent,
        );
        if (room < 1 || (rate === null && room < BURST)) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            setTimeout(resolve, 2);
          });
          continue;
        }
        for (let i = 0; i < room; i++) {
          const sensor = sent % sensors;
          if (sensor === 0) at = Math.max(Date.now(), at + 1);
          packetId = (packetId % 65_535) + 1;
          const start = i * packet.length;
          burst.writeUInt16BE(packetId, start + packet.idAt);
          stamp(burst, start + packet.payloadAt, sensor, at);
          sent++;
        }
        // The socket may keep the buffer: it gets a copy.
        if (!socket.write(Buffer.from(burst.subarray(0, room * packet.length))))
          await once(socket, "drain");
      }
    }
  },
  /** The receiver's count, which `ahead` is measured from. */
  received(count: number): number {
    received = count;
    wake();
    return sent;
  },
  /** Resolves with what was sent when the broker has all of it. */
  async stop(): Promise<number> {
    running = false;
    wake();
    while (acknowledged < sent)
      await new Promise((resolve) => setTimeout(resolve, 5));
    return sent;
  },
};
export type MqttPublisher = typeof commands;

function connectPacket(clientId: string): Buffer {
  const id = Buffer.from(clientId);
  const body = Buffer.concat([
    Buffer.from([0, 4]),
    Buffer.from("MQTT"),
    // Level 4, clean session, no keep-alive.
    Buffer.from([4, 2, 0, 0, 0, id.length]),
    id,
  ]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

/** A PUBLISH at QoS 1 with room for the packet id and one reading. */
function publishPacket(
  topic: string,
): Buffer & { idAt: number; payloadAt: number } {
  const name = Buffer.from(topic);
  const remaining = 2 + name.length + 2 + ITEM_BYTES;
  const length =
    remaining < 128 ? [remaining] : [(remaining % 128) | 128, remaining >> 7];
  const head = Buffer.from([0x32, ...length, 0, name.length]);
  const packet = Buffer.concat([head, name, Buffer.alloc(2), item()]);
  return Object.assign(packet, {
    idAt: head.length + name.length,
    payloadAt: head.length + name.length + 2,
  });
}

answer(commands);
