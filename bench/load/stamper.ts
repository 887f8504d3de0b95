/**
 * Posts readings whose value is the moment of sending on the machine's own
 * clock, so that whoever shows one knows how old it is.
 */
import { Agent, request } from "node:http";
import { answer } from "../../test/kit/program.ts";
import { machineTime } from "../measure.ts";
import { METRIC, sensorId } from "../../test/kit/readings.ts";

export interface Stamps {
  url: string;
  key: string;
  /** Sensors `first` … `first + sensors − 1`, in turn. */
  first: number;
  sensors: number;
  perRequest: number;
  /** Readings a second. */
  rate: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
let timer: NodeJS.Timeout | undefined;
const sent = { readings: 0, refused: 0 };

const commands = {
  start(load: Stamps): void {
    clearInterval(timer);
    const started = performance.now();
    let requests = 0;
    let turn = 0;
    timer = setInterval(() => {
      const due =
        ((performance.now() - started) / 1000) * (load.rate / load.perRequest);
      for (; requests < due; requests++) {
        const at = Date.now();
        const value = machineTime().toFixed(2);
        const items = Array.from(
          { length: load.perRequest },
          () =>
            `{"sensor":"${sensorId(load.first + (turn++ % load.sensors))}","metric":"${METRIC}","at":${at},"value":${value}}`,
        );
        post(load, `[${items.join(",")}]`);
        sent.readings += load.perRequest;
      }
    }, 1);
  },
  pause: (): typeof sent => {
    clearInterval(timer);
    return sent;
  },
};
export type Stamper = typeof commands;

function post({ url, key }: Stamps, body: string): void {
  const ask = request(
    url,
    {
      method: "POST",
      agent,
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      },
    },
    (reply) => {
      if (reply.statusCode !== 200) sent.refused++;
      reply.resume();
    },
  );
  ask.on("error", () => sent.refused++);
  ask.end(body);
}

answer(commands);
