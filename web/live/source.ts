/**
 * Where widgets get the city from. The hub is one source, a preview another;
 * a widget cannot tell them apart.
 */
import { inject, provide, type InjectionKey, type Ref } from "vue";
import type { ItemOf, ParamsOf } from "../../contract/live.ts";
import type { TopicName, Topics } from "../../contract/topic.ts";
import type { Call } from "./call.ts";
import type { RoomView } from "./room.ts";

export type Item<N extends TopicName> = ItemOf<Topics[N]>;
export type Params<N extends TopicName> = ParamsOf<Topics[N]>;

/** `closed`: nothing was followed yet. `broken`: it was open and is being tried again. */
export type Link = "closed" | "open" | "broken";

export interface Held<I> {
  view: RoomView<I>;
  release(): void;
}

export interface LiveSource {
  /** Follows a topic until released; equal topic and params share one room. */
  hold<N extends TopicName>(name: N, params: Params<N>): Held<Item<N>>;
  call: Call;
  /** Epoch ms by the hub's clock. */
  now(): number;
  link: Readonly<Ref<Link>>;
  /** Counts connections: doors that were asked before may answer anew. */
  openings: Readonly<Ref<number>>;
  /** Counts how often the hub said that the city's tables are others. */
  cityChanges: Readonly<Ref<number>>;
}

const key: InjectionKey<LiveSource> = Symbol("live source");

export const liveKey = key;

/** Lets a page or a part of one draw from another source. */
export function provideLive(source: LiveSource): void {
  provide(key, source);
}

export function useLive(): LiveSource {
  const source = inject(key);
  if (!source) throw new Error("no live source is provided above this widget");
  return source;
}
