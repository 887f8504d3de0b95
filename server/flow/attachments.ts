/** Pictures, videos and recordings: what is taken, who may name it, and when it is removed (decisions D7). */
import { join } from "node:path";
import type { Attachment, AttachmentType } from "../../contract/attachment.ts";
import {
  say,
  type FieldSentence,
  type Sentence,
} from "../../contract/sentence.ts";
import { DAY } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import { openContentFiles } from "../lib/content-files.ts";
import { mediaTypeOf } from "../lib/media-type.ts";
import { bare, BrokenPicture } from "../lib/picture.ts";
import type { Store } from "../store/store.ts";

const MIB = 1024 * 1024;
/** Of one account, what no report or step names yet: a shift without network comes back with less. */
const UNNAMED = 512 * MIB;
/** What nothing names for so long is removed. */
const KEPT_UNNAMED = DAY;

/** Bytes that are not kept, or names that are not theirs to give. */
export class AttachmentRefusal extends Error {
  readonly status: 415 | 422 | 429;
  readonly sentence: Sentence;
  readonly errors: FieldSentence[] | undefined;
  /** @param path into the request, where it is about one field */
  constructor(status: 415 | 422 | 429, sentence: Sentence, path?: string) {
    super(sentence.message);
    this.status = status;
    this.sentence = sentence;
    this.errors = path === undefined ? undefined : [{ path, ...sentence }];
  }
}

export interface AttachmentFlow {
  /**
   * Judged at once, kept when it is called.
   * @throws AttachmentRefusal
   */
  judge(
    bytes: Uint8Array,
    account: string,
  ): Promise<{ type: AttachmentType; keep: () => Promise<Attachment> }>;
  /**
   * From now on they are kept for good. Called before what names them is
   * stored: if that fails they stay too long, and are never lost.
   * @returns their types, in the order of the ids
   * @throws AttachmentRefusal where the account did not send one of them
   */
  name(
    ids: readonly string[],
    account: string,
    path: string,
  ): Promise<AttachmentType[]>;
  /** Where its file lies, and what it is; null where nobody sent it. */
  find(
    id: string,
  ): Promise<{ folder: string; file: string; type: AttachmentType } | null>;
  /** Removes what nothing names; called every hour. */
  sweep(): Promise<void>;
}

export async function openAttachments(ask: {
  store: Pick<Store, "attachments">;
  dataDir: string;
  clock: Clock;
}): Promise<AttachmentFlow> {
  const { clock } = ask;
  const { attachments } = ask.store;
  const files = await openContentFiles(join(ask.dataDir, "attachments"));

  return {
    async judge(given, account) {
      const type = mediaTypeOf(given);
      if (!type) throw new AttachmentRefusal(415, say("attachmentType"));
      const bytes = bareOf(given, type);
      const size = bytes.length;
      if ((await attachments.unnamedBytes(account)) + size > UNNAMED)
        throw new AttachmentRefusal(
          429,
          say("attachmentsMany", { most: UNNAMED / MIB }),
        );
      return {
        type,
        keep: () =>
          files.put(bytes, async (id) => {
            const at = clock.now();
            await attachments.put({ id, account, type, size, at });
            return { id, type, size };
          }),
      };
    },

    async name(ids, account, path) {
      if (ids.length === 0) return [];
      const theirs = await attachments.name(ids, account);
      return ids.map((id, i) => {
        const type = theirs.get(id);
        if (type) return type;
        const sentence = say("attachmentMissing", { attachment: id });
        throw new AttachmentRefusal(422, sentence, `${path}/${i}`);
      });
    },

    async find(id) {
      const found = await attachments.get(id);
      const { folder } = files;
      return found && { folder, file: files.pathOf(id), type: found.type };
    },

    async sweep() {
      const before = clock.now() - KEPT_UNNAMED;
      await attachments.forgetUnnamed(before);
      await files.sweep(before, (ids) => attachments.known(ids));
    },
  };
}

function bareOf(bytes: Uint8Array, type: AttachmentType): Uint8Array {
  try {
    return bare(bytes, type);
  } catch (error) {
    if (!(error instanceof BrokenPicture)) throw error;
    throw new AttachmentRefusal(422, say("attachmentBroken"));
  }
}
