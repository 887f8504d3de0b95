/** Where things that move are and were. */
import type { PositionView } from "../../contract/position.ts";

export interface PositionStore {
  /**
   * Appends history and keeps the newest per object; resolves when durable.
   * @param corrections those of the items whose instant has a position already
   */
  append(
    items: PositionView[],
    receivedAt: number,
    corrections?: ReadonlySet<PositionView>,
  ): Promise<void>;
  latest(since: number): Promise<PositionView[]>;
  track(id: string, from: number, to: number): Promise<PositionView[]>;
}
