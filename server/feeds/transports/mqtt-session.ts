/**
 * One MQTT 5 session with an outside broker, kept up for as long as its signal
 * allows: a persistent session, as many unacknowledged messages in flight as
 * the protocol has numbers for, acknowledged in any order (decisions B8, ADR
 * 0003). HOT PATH: `#onPublish` and `#acknowledge`.
 */
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import mqtt, {
  type IConnackPacket,
  type IPublishPacket,
  type Packet,
} from "mqtt-packet";
import { backoff } from "../../lib/backoff.ts";

/** A QoS 1 message that waits for its acknowledgement. */
export interface Message {
  payload: Uint8Array;
  topic: string;
  /** Null for QoS 0. */
  id: number | null;
  /** Number of the connection it came by: only that one may acknowledge it. */
  connection: number;
}

export interface MqttSessionOptions {
  url: URL;
  clientId: string;
  /** Topic filter, share prefix included. */
  filter: string;
  /** ms that the broker keeps the session while we are away. */
  sessionExpiry: number;
  onMessage(message: Message): void;
  /** The connection is gone: what was not handed over will come again. */
  onLost(): void;
  /** Null: connected and subscribed. Else why not, in a sentence without credentials. */
  onState(trouble: string | null): void;
}

const PROTOCOL = { protocolVersion: 5 } as const;
const KEEPALIVE_S = 30;
/** ms within which the broker must answer. */
const PATIENCE = 10_000;
const LARGEST_PACKET = 8 * 1024 * 1024 + 64 * 1024;

export class MqttSession {
  readonly #options: MqttSessionOptions;
  #socket: Socket | null = null;
  #connection = 0;
  #failures = 0;
  #isUp = false;
  #isPaused = false;
  #stopped = false;
  #retry: NodeJS.Timeout | null = null;
  #watchdog: NodeJS.Timeout | null = null;
  #ping: NodeJS.Timeout | null = null;

  constructor(options: MqttSessionOptions) {
    this.#options = options;
  }

  start(): void {
    if (!this.#stopped) this.#connect();
  }

  /** Acknowledges what came by the connection that stands; an older one's comes again by itself. */
  acknowledge(messages: readonly Message[]): void {
    if (!this.#socket || !this.#isUp) return;
    // PUBACK of MQTT 5 with reason 0: type 4, length 2, packet id.
    const bytes = Buffer.allocUnsafe(messages.length * 4);
    let end = 0;
    for (const { id, connection } of messages) {
      if (id === null || connection !== this.#connection) continue;
      bytes[end] = 0x40;
      bytes[end + 1] = 2;
      bytes[end + 2] = id >> 8;
      bytes[end + 3] = id & 0xff;
      end += 4;
    }
    if (end > 0) this.#socket.write(bytes.subarray(0, end));
  }

  /** Stops reading: the broker then sends no more than fits the network's buffers. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (isPaused) this.#socket?.pause();
    else this.#socket?.resume();
  }

  /** Connects anew: the broker then sends again what was not acknowledged. */
  renew(): void {
    this.#socket?.destroy(new Error("asking again for what was left"));
  }

  /** Says goodbye and keeps the session at the broker. */
  stop(): void {
    this.#stopped = true;
    if (this.#retry) clearTimeout(this.#retry);
    const socket = this.#socket;
    if (!socket) return;
    this.#forget();
    // DISCONNECT of MQTT 5, normal.
    socket.end(Buffer.from([0xe0, 0]));
    setTimeout(() => socket.destroy(), 1_000).unref();
  }

  #connect(): void {
    const { url, clientId, sessionExpiry } = this.#options;
    const connection = ++this.#connection;
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const isTls = url.protocol === "mqtts:";
    const port = Number(url.port) || (isTls ? 8883 : 1883);
    const socket = isTls
      ? connectTls({ host, port, servername: host })
      : connectTcp({ host, port, noDelay: true });
    this.#socket = socket;
    this.#watch("the broker does not answer");
    const parser = mqtt.parser(PROTOCOL);
    parser.on("packet", (packet) => this.#onPacket(packet, connection));
    parser.on("error", (error: Error) => socket.destroy(error));
    socket.once(isTls ? "secureConnect" : "connect", () =>
      socket.write(
        mqtt.generate(
          {
            cmd: "connect",
            protocolId: "MQTT",
            ...PROTOCOL,
            clientId,
            clean: false,
            keepalive: KEEPALIVE_S,
            username: decodeURIComponent(url.username) || undefined,
            password: url.password
              ? Buffer.from(decodeURIComponent(url.password))
              : undefined,
            properties: {
              sessionExpiryInterval: Math.ceil(sessionExpiry / 1000),
              receiveMaximum: 65_535,
              maximumPacketSize: LARGEST_PACKET,
              topicAliasMaximum: 0,
            },
          },
          PROTOCOL,
        ),
      ),
    );
    socket.on("data", (chunk: Buffer) => {
      if (connection === this.#connection) parser.parse(chunk);
    });
    let reason = "the broker closed the connection";
    socket.on("error", (error: Error) => (reason = error.message));
    socket.once("close", () => {
      if (connection === this.#connection) this.#lost(reason);
    });
  }

  #onPacket(packet: Packet, connection: number): void {
    if (connection !== this.#connection || !this.#socket) return;
    switch (packet.cmd) {
      case "publish":
        this.#onPublish(packet, connection);
        break;
      case "connack":
        this.#onConnack(packet);
        break;
      case "suback": {
        const [granted = 0x80] = packet.granted as number[];
        if (granted >= 0x80)
          this.#socket.destroy(
            new Error(`the broker refuses ${this.#options.filter}`),
          );
        else this.#up();
        break;
      }
      case "pingresp":
        this.#unwatch();
        break;
      case "disconnect":
        this.#socket.destroy(
          new Error(`the broker ended the session (${packet.reasonCode ?? 0})`),
        );
        break;
      default:
        break;
    }
  }

  #onPublish(packet: IPublishPacket, connection: number): void {
    this.#options.onMessage({
      payload: packet.payload as Buffer,
      topic: packet.topic,
      id: packet.qos === 0 ? null : packet.messageId!,
      connection,
    });
  }

  #onConnack({ reasonCode = 0, properties }: IConnackPacket): void {
    if (reasonCode !== 0) {
      this.#socket!.destroy(
        new Error(`the broker refuses the connection (${reasonCode})`),
      );
      return;
    }
    this.#keepAlive(properties?.serverKeepAlive ?? KEEPALIVE_S);
    const subscription = {
      topic: this.#options.filter,
      qos: 1 as const,
      nl: false,
      rap: false,
      // Retained messages only when the subscription is new: they are old news.
      rh: 1,
    };
    this.#socket!.write(
      mqtt.generate(
        { cmd: "subscribe", messageId: 1, subscriptions: [subscription] },
        PROTOCOL,
      ),
    );
  }

  #up(): void {
    this.#isUp = true;
    this.#failures = 0;
    this.#unwatch();
    if (this.#isPaused) this.#socket?.pause();
    this.#options.onState(null);
  }

  #lost(reason: string): void {
    this.#forget();
    this.#options.onLost();
    if (this.#stopped) return;
    const { protocol, host } = this.#options.url;
    this.#options.onState(`${protocol}//${host}: ${reason}`);
    this.#retry = setTimeout(
      () => this.#connect(),
      backoff(this.#failures++, { first: 500, longest: 30_000 }),
    );
  }

  /** Ends everything that belongs to the connection but the socket itself. */
  #forget(): void {
    this.#connection++;
    this.#socket = null;
    this.#isUp = false;
    this.#unwatch();
    if (this.#ping) clearInterval(this.#ping);
    this.#ping = null;
  }

  #keepAlive(seconds: number): void {
    if (seconds === 0) return;
    this.#ping = setInterval(() => {
      // PINGREQ; a paused socket hears no answer and asks for none.
      this.#socket?.write(Buffer.from([0xc0, 0]));
      if (!this.#isPaused) this.#watch("the broker is silent");
    }, seconds * 900);
  }

  #watch(reason: string): void {
    this.#unwatch();
    this.#watchdog = setTimeout(
      () => this.#socket?.destroy(new Error(reason)),
      PATIENCE,
    );
  }

  #unwatch(): void {
    if (this.#watchdog) clearTimeout(this.#watchdog);
    this.#watchdog = null;
  }
}
