/** Names a topic with its params the same way whoever asks, so that rooms are shared. */
import { asSet } from "../../contract/live.ts";
import { topics, type TopicName } from "../../contract/topic.ts";
import type { Params } from "./source.ts";

/**
 * Params with the topic's defaults filled in, lists in order.
 * @throws ZodError where they do not fit the topic.
 */
export function normalParams<N extends TopicName>(
  name: N,
  params: Params<N>,
): Record<string, unknown> {
  const checked: Record<string, unknown> = topics[name].params.parse(params);
  return Object.fromEntries<unknown>(
    Object.entries(checked)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]): [string, unknown] => [field, asSet(value)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

export const roomKey = (name: TopicName, params: Record<string, unknown>) =>
  `${name} ${JSON.stringify(params)}`;
