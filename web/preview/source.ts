/** A live source that tells a preview's items: the widget cannot tell it from the hub. */
import { ref } from "vue";
import type { DoorName } from "../../contract/api.ts";
import type { TopicName } from "../../contract/topic.ts";
import { CallError, type Ask, type Reply } from "../live/call.ts";
import { normalParams } from "../live/params.ts";
import { createRoom, type Room } from "../live/room.ts";
import type { Item, Link, LiveSource, Params } from "../live/source.ts";
import type { PreviewCase } from "./define.ts";
import { NOW, sampleCatalogue, sampleCity } from "./sample.ts";

type Fields = Record<string, unknown>;

/** Which items a room of these params holds, as the hub would choose them. */
function belongs(topic: TopicName, params: Fields, item: Fields): boolean {
  const among = (field: string, list: unknown) =>
    !Array.isArray(list) || list.includes(item[field]);
  switch (topic) {
    case "indicators":
      return (
        among("indicator", params["ids"]) &&
        (params["scope"] === "*"
          ? item["scope"] !== "city"
          : item["scope"] === params["scope"])
      );
    case "sensors":
      return (
        among("id", params["ids"]) &&
        (params["kind"] === undefined || item["kind"] === params["kind"]) &&
        (params["district"] === undefined ||
          item["district"] === params["district"])
      );
    case "incidents":
      return (
        params["district"] === undefined ||
        item["district"] === params["district"]
      );
    case "positions":
      return among("kind", params["kinds"]);
    case "cameraStates":
      return among("id", params["ids"]);
    case "sensorStates":
    case "incidentCounts":
    case "queue":
    case "presence":
    case "duty":
    case "alarms":
    case "warnings":
    case "feeds":
      return true;
  }
}

export function previewSource(preview: PreviewCase): LiveSource {
  const link = ref<Link>(preview.broken ? "broken" : "open");
  const sample = {
    getCity: () => sampleCity,
    listIndicators: () => ({ items: sampleCatalogue }),
    openCamera: () => ({ kind: "mp4" as const, url: "/clip/sample.mp4" }),
  };
  return {
    link,
    openings: ref(1),
    cityChanges: ref(0),
    now: () => NOW,
    hold<N extends TopicName>(topic: N, asked: Params<N>) {
      const params = normalParams(topic, asked);
      const room: Room<Item<N>> = createRoom(() => {});
      room.answer({
        room: topic,
        epoch: "preview",
        rev: 0,
        now: NOW,
        snapshot: (preview.topics?.[topic] ?? []).filter((item) =>
          belongs(topic, params, item),
        ),
      });
      room.apply();
      if (preview.broken) room.lose();
      return { view: room.view, release: () => {} };
    },
    call<N extends DoorName>(door: N, ask: Ask<N> = {}) {
      const replies: PreviewCase["replies"] = { ...sample, ...preview.replies };
      const answer = replies[door];
      if (!answer)
        return Promise.reject(
          new CallError(`no preview of ${door}`, 404, null),
        );
      return Promise.resolve(
        answer({
          path: ask.path ?? {},
          query: ask.query ?? {},
          body: ask.body,
        }) as Reply<N>,
      );
    },
  };
}
