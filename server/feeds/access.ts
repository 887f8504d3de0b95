/** Who may send for a feed: its keys, the networks they may come from, the secret that messages are signed with. */
import type { FeedKey } from "../../contract/feed-key.ts";
import type { Feed } from "../../contract/feed.ts";
import { say, type Sentence } from "../../contract/sentence.ts";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import { allowing } from "./allow.ts";
import type { FeedKeyRow, FeedStore } from "./feed-store.ts";
import { createKey, FeedKeys, hashKey } from "./keys.ts";
import { KeptOut } from "./refusal.ts";
import { Signatures, type Sent } from "./signature.ts";

/** What the server's key does for the feeds. */
export interface Sealing {
  seal(purpose: string, text: string): string;
  /** @throws Error where it was sealed with another key */
  unseal(purpose: string, sealed: string): string;
}

/** By what and from where a sender comes. */
export interface Road {
  transport: Feed["transport"];
  address: string;
}

/** Keys of one feed that open it at once. */
const MOST_KEYS = 20;
const PURPOSE = "feed secret";

/** A feed has as many keys as it may: 409. */
export class TooManyKeys extends Error {
  readonly status = 409;
  readonly sentence: Sentence;
  constructor(sentence: Sentence) {
    super(sentence.message);
    this.sentence = sentence;
  }
}

export interface FeedAccess {
  keys: {
    /** Those that open the feed, oldest first. */
    of(feedId: string): FeedKey[];
    hasSecret(feedId: string): boolean;
    /**
     * A new key, told this once; the former ones open the feed for `overlap`
     * ms more, never longer than before. @throws TooManyKeys
     */
    rotate(
      feedId: string,
      ask: { overlap: number; by: string },
    ): Promise<{ id: string; key: string }>;
    /** The key opens nothing from now on: who came by it signs in again. */
    revoke(feedId: string, id: string): Promise<void>;
    /** A new secret, told this once; the former one signs nothing from now on. */
    newSecret(feedId: string): Promise<string>;
    /** @throws TooManyKeys where a feed has as many keys as it may */
    expectRoom(feedId: string, overlap: number): void;
  };
  /** The networks that a feed may come from are these now. */
  allow(feed: Feed): void;
  /** Makes a key; nothing opens by it before it is added. */
  make(feedId: string, by: string): { row: FeedKeyRow; key: string };
  add(row: FeedKeyRow): void;
  /** @throws KeptOut */
  admit(feedId: string, feed: Feed | undefined, key: string, by: Road): void;
  /** @throws KeptOut where the message is not signed as it must be */
  verify(feedId: string, sent: Sent | undefined, body: Uint8Array): void;
  saveUses(): Promise<void>;
  /** Keys whose time is over are looked for. */
  forgetEnded(): void;
}

/** Reads keys and secrets from the store. */
export async function openAccess(parts: {
  store: FeedStore["feedKeys"];
  seal: Sealing;
  clock: Clock;
  /** A secret does not open. */
  onError(error: unknown): void;
  /** A key of the feed ended. */
  ended(feedId: string): void;
}): Promise<FeedAccess> {
  const { store, seal, clock } = parts;
  const keys = new FeedKeys();
  const secrets = new Map<string, string>();
  const allowed = new Map<string, (address: string) => boolean>();
  const signatures = new Signatures(clock);

  for (const row of await store.all()) keys.add(row);
  keys.forgetEnded(clock.now());
  for (const [feedId, sealed] of await store.secrets())
    try {
      secrets.set(feedId, seal.unseal(PURPOSE, sealed));
    } catch (error) {
      parts.onError(error);
    }

  function make(feedId: string, by: string) {
    const key = createKey();
    const now = clock.now();
    const row: FeedKeyRow = {
      ...{ id: createId(now), feed: feedId, hash: hashKey(key) },
      ...{ createdAt: now, createdBy: by, until: null },
      ...{ usedAt: null, usedFrom: "" },
    };
    return { row, key };
  }

  function expectRoom(feedId: string, overlap: number): void {
    if (overlap > 0 && keys.of(feedId, clock.now()).length >= MOST_KEYS)
      throw new TooManyKeys(
        say("keysEnough", { feed: feedId, most: MOST_KEYS }),
      );
  }

  function forgetEnded(): void {
    for (const feedId of keys.forgetEnded(clock.now())) parts.ended(feedId);
  }

  return {
    keys: {
      of: (feedId) => keys.of(feedId, clock.now()),
      hasSecret: (feedId) => secrets.has(feedId),
      expectRoom,
      async rotate(feedId, { overlap, by }) {
        expectRoom(feedId, overlap);
        const { row, key } = make(feedId, by);
        const now = clock.now();
        const until = now + overlap;
        await store.rotate(row, { now, until });
        keys.endBy(feedId, until);
        keys.add(row);
        if (overlap === 0) forgetEnded();
        return { id: row.id, key };
      },
      async revoke(feedId, id) {
        const now = clock.now();
        await store.revoke(id, now);
        keys.endBy(feedId, now, id);
        forgetEnded();
      },
      async newSecret(feedId) {
        const secret = createKey();
        await store.putSecret(feedId, seal.seal(PURPOSE, secret));
        secrets.set(feedId, secret);
        return secret;
      },
    },
    allow: (feed) => void allowed.set(feed.id, allowing(feed.allow)),
    make,
    add: (row) => keys.add(row),
    admit(feedId, feed, key, { transport, address }) {
      const now = clock.now();
      const found = keys.find(feedId, key, now);
      if (!found || feed?.transport !== transport)
        throw new KeptOut(401, "this feed key does not open this feed");
      if (!allowed.get(feedId)!(address))
        throw new KeptOut(
          403,
          `the feed ${feedId} may not come from ${address || "an unknown address"}: its networks (allow) do not hold it`,
        );
      keys.use(found, now, address);
    },
    verify(feedId, sent, body) {
      const secret = secrets.get(feedId);
      if (secret === undefined)
        throw new KeptOut(
          401,
          `the messages of ${feedId} are signed, and it has no secret that opens: make one (POST /api/feeds/${feedId}/secret)`,
        );
      if (!sent)
        throw new KeptOut(401, "the feed's messages come signed, by HTTP");
      signatures.verify(feedId, secret, sent, body);
    },
    async saveUses() {
      const used = keys.takeUsed();
      if (used.length === 0) return;
      await store.saveUses(used).catch((error: unknown) => {
        keys.giveBack(used);
        throw error;
      });
    },
    forgetEnded,
  };
}
