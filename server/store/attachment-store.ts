/** Files that people send with what they do. */
import type { Attachment, AttachmentType } from "../../contract/attachment.ts";

/** Who sent which file; the files themselves are content-files of the flow. */
export interface AttachmentStore {
  put(sent: Attachment & { account: string; at: number }): Promise<void>;
  /**
   * Marks those that the account sent as named, so that they are kept.
   * @returns their types; ids that it did not send are absent
   */
  name(
    ids: readonly string[],
    account: string,
  ): Promise<Map<string, AttachmentType>>;
  get(id: string): Promise<Attachment | null>;
  /** Bytes that an account sent and nothing names. */
  unnamedBytes(account: string): Promise<number>;
  /** Forgets who sent before then what nothing names. */
  forgetUnnamed(before: number): Promise<void>;
  /** Those of them that somebody sent. */
  known(ids: readonly string[]): Promise<Set<string>>;
}
