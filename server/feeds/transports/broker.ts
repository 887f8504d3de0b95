/**
 * The embedded broker, for cities without one and for the demo: MQTT 3.1.1 by
 * aedes. User name and password are feed id and feed key; a feed may publish
 * under `city/{its id}/` and nothing else, and nobody may subscribe. aedes
 * acknowledges a QoS 1 message as soon as `authorizePublish` lets it pass, so
 * the commit happens inside it (decisions B8). An unavailable store leaves the
 * message unacknowledged and the connection unread; a full cap leaves only the
 * message.
 */
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import {
  Aedes,
  type AuthenticateError,
  type Client,
  type PublishPacket,
} from "aedes";
import type { KeptOutSender } from "../refusal.ts";
import type { Feeds } from "../run.ts";
import { Belt } from "./belt.ts";
import { Guard } from "./mqtt-guard.ts";
import { Shares } from "./mqtt-shares.ts";

export interface BrokerOptions {
  feeds: Pick<Feeds, "admit" | "takeMany" | "watch" | "note">;
  /** Somebody was kept out: the audit is told. */
  refused?: (who: KeptOutSender) => void;
  host: string;
  /** 0 = any free port. */
  port: number;
  signal: AbortSignal;
}

export interface Broker {
  port: number;
  /** Resolves when, after the signal, everything is closed. */
  ended: Promise<void>;
}

interface Waiting {
  payload: Uint8Array;
  client: Client;
  packet: PublishPacket;
  pass: () => void;
}

/** What one read of a connection may bring: all of it is committed at once. */
const READ_AT_ONCE = 256 * 1024;
const LARGEST_PACKET = 8 * 1024 * 1024 + 64 * 1024;
const LONGEST_NAME = 256;
const MOST_CONNECTIONS = 5_000;
const NOT_AUTHORIZED = 5;
const SERVER_UNAVAILABLE = 3;
const NOTHING = Buffer.alloc(0);

/** @throws Error where the port cannot be listened on. */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const { feeds, signal } = options;
  const feedOf = new WeakMap<Client, string>();
  const guards = new WeakMap<object, Guard>();
  const belts = new Map<string, Belt<Waiting>>();

  const shares = new Shares({
    waiting: (feedId) => belts.get(feedId)?.bytes ?? 0,
    refused: feeds.note,
  });

  function beltOf(feedId: string): Belt<Waiting> {
    let belt = belts.get(feedId);
    if (!belt) {
      belt = new Belt<Waiting>({
        feedId,
        take: feeds.takeMany,
        // A client that waits too long comes back and sends again.
        isGone: ({ client }) => client.closed,
        settled: (messages) => {
          for (const { pass } of messages) pass();
        },
        left: (messages) => {
          for (const { packet, pass } of messages) {
            // As QoS 0 it passes without an answer: the sender keeps it.
            packet.qos = 0;
            pass();
          }
        },
      });
      belts.set(feedId, belt);
    }
    return belt;
  }

  const broker = await Aedes.createBroker({
    // Only sizes the listener limit and the emitter nobody listens to.
    concurrency: 10_000,
    connectTimeout: 10_000,
    queueLimit: 1_000,
    preConnect(_client, packet, done) {
      // A will would be published in the feed's name when it is no longer there.
      delete packet.will;
      // Nothing of a session outlives its connection: a sender sends again.
      packet.clean = true;
      done(null, packet.clientId.length <= LONGEST_NAME);
    },
    authenticate(client, username, password, done) {
      const feed = username ?? "";
      const { remoteAddress: address = "" } = client.conn as Socket;
      try {
        const road = { transport: "mqtt", address } as const;
        feeds.admit(feed, password?.toString() ?? "", road);
      } catch (error) {
        const { message } = error as Error;
        options.refused?.({ feed, address, detail: message });
        return done(refusal(message, NOT_AUTHORIZED), false);
      }
      if (!guards.get(client.conn)?.welcome(feed, shares, LARGEST_PACKET))
        return done(
          refusal("the feed has no connection left", SERVER_UNAVAILABLE),
          false,
        );
      feedOf.set(client, feed);
      // A client's name is its feed's own: no other feed can take its place.
      client.id = `${feed}/${client.id}`;
      done(null, true);
    },
    authorizePublish(client, packet, done) {
      const feedId = client ? feedOf.get(client) : undefined;
      if (!client || !feedId || !packet.topic.startsWith(`city/${feedId}/`)) {
        const trouble = `publishes to ${packet.topic.slice(0, 100)}, not under city/${feedId}/`;
        if (feedId) feeds.note(feedId, trouble);
        // MQTT 3.1.1 can only refuse by ending the connection.
        return done(new Error(trouble));
      }
      packet.retain = false;
      const payload = Buffer.from(packet.payload);
      // Nobody reads it here any more, and a QoS 2 packet may stay for long.
      packet.payload = NOTHING;
      packet.topic = `city/${feedId}`;
      const pass = () => done(null);
      beltOf(feedId).push({ payload, client, packet, pass });
    },
    authorizeSubscribe: (_client, _subscription, done) => done(null, null),
    authorizeForward: () => null,
  });

  const server = createServer({ highWaterMark: READ_AT_ONCE }, (socket) => {
    guards.set(socket, new Guard(socket));
    broker.handle(socket);
  });
  server.maxConnections = MOST_CONNECTIONS;

  // A feed that was switched off or got another key must sign in again.
  feeds.watch((feed) => {
    for (const client of Object.values(clientsOf(broker)))
      if (feedOf.get(client) === feed.id) client.close();
  }, signal);

  server.listen(options.port, options.host);
  await once(server, "listening");

  const ended = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => {
      void close().then(resolve);
    });
  });

  async function close(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    await Promise.all([...belts.values()].map((belt) => belt.stop()));
    await new Promise<void>((done) => broker.close(done));
    await closed;
  }

  return { port: (server.address() as AddressInfo).port, ended };
}

/** aedes keeps its clients by id, and does not declare it. */
function clientsOf(broker: Aedes): Record<string, Client> {
  return (broker as unknown as { clients: Record<string, Client> }).clients;
}

function refusal(
  message: string,
  returnCode: AuthenticateError["returnCode"],
): AuthenticateError {
  return Object.assign(new Error(message), { returnCode });
}
