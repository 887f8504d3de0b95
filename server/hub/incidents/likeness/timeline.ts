import { leadOf } from "../../lead.ts";

/** What stands in order of time; equal times by id, so that the order is the same in every run. */
export interface Timed {
  id: string;
  at: number;
}

export interface Timeline<T extends Timed> {
  readonly size: number;
  add(item: T): void;
  delete(item: T): void;
  /** At most `most` wanted items not further than `within` ms from `at`, nearest in time first. */
  near(
    at: number,
    within: number,
    most: number,
    isWanted: (item: T) => boolean,
  ): T[];
}

export function createTimeline<T extends Timed>(): Timeline<T> {
  const items: T[] = [];
  const rankOf = ({ at, id }: T) =>
    leadOf(items.length, (i) => {
      const other = items[i]!;
      return other.at < at || (other.at === at && other.id < id);
    });

  return {
    get size() {
      return items.length;
    },
    add: (item) => void items.splice(rankOf(item), 0, item),
    delete(item) {
      const rank = rankOf(item);
      if (items[rank] === item) items.splice(rank, 1);
    },
    near(at, within, most, isWanted) {
      const found: T[] = [];
      let after = leadOf(items.length, (i) => items[i]!.at < at);
      let before = after - 1;
      while (found.length < most) {
        const [a, b] = [items[before], items[after]];
        if (!a && !b) break;
        const back = a ? at - a.at : Infinity;
        const ahead = b ? b.at - at : Infinity;
        if (Math.min(back, ahead) > within) break;
        const isBack = !b || back <= ahead;
        const item = isBack ? a! : b;
        if (isBack) before--;
        else after++;
        if (isWanted(item)) found.push(item);
      }
      return found;
    },
  };
}
