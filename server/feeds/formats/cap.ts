/**
 * `cap/1.2`: OASIS Common Alerting Protocol 1.2 and 1.1 (OASIS CAP-V1.2, ITU-T
 * X.1303). Severity becomes a level (domain.md §6): Extreme red, Severe orange,
 * Moderate yellow, Minor blue; anything else blue, marked as assumed (decisions
 * B6). One without an end stands for a day: CAP leaves that to the recipient.
 */
import type { Decoded, Rejection } from "../../../contract/fact.ts";
import type { Level } from "../../../contract/level.ts";
import { DAY, parseInstant } from "../../../contract/time.ts";
import { Warning } from "../../../contract/warning.ts";
import { checkBounds } from "../cap-bounds.ts";
import { readArea } from "../cap-area.ts";
import { clip, Complaints } from "../complaints.ts";
import { alsoAt, asItems, Flaw, type Format } from "../format.ts";
import { findFlaw } from "../hazard.ts";
import { textOf } from "../raw.ts";
import { readXml, type Element } from "../xml.ts";

const NAMESPACES = [
  "urn:oasis:names:tc:emergency:cap:1.2",
  "urn:oasis:names:tc:emergency:cap:1.1",
];

const LEVELS: Readonly<Record<string, Level>> = {
  Extreme: "red",
  Severe: "orange",
  Moderate: "yellow",
  Minor: "blue",
};

/** Worst first. */
const ORDER: readonly Level[] = ["red", "orange", "yellow", "blue"];

export const format: Format = {
  id: "cap/1.2",
  mediaTypes: ["application/cap+xml", "application/xml", "text/xml"],
  parse: (body) => {
    const alert = readXml(body, "alert", NAMESPACES);
    return [readAlert(alert, body)];
  },
  raw: (item) =>
    item instanceof Flaw ? item.raw : rawOf.get(item as Warning)!,
  judge(parsed): Decoded {
    const facts: Decoded["facts"] = [];
    const rejections: Rejection[] = [];
    asItems(parsed).forEach((item, index) => {
      if (!(item instanceof Flaw))
        facts.push({ type: "warning", item: item as Warning, index });
      else {
        const { path, message, raw } = item;
        rejections.push({ index, path, message, raw });
      }
    });
    const raw = (index: number) => format.raw(asItems(parsed)[index]);
    return { readings: null, facts, rejections, missing: 0, raw };
  },
};

/** Longest sender and identifier, and most messages that one may be about. */
const LONGEST_NAME = 128;
const MOST_REFERENCES = 500;

/** The message a warning was read from. */
const rawOf = new WeakMap<Warning, string>();

function readAlert(alert: Element, body: Uint8Array): Warning | Flaw {
  const complaints = new Complaints();
  const broken = alert.flaw();
  if (broken) complaints.say(broken.path, broken.message);
  for (const name of ["identifier", "sender"]) {
    const wrong = wrongName(complaints.need(alert, name));
    if (wrong) complaints.say(`${alert.path}/${name}`, wrong);
  }
  complaints.need(alert, "sent");
  const msgType = complaints.oneOf(
    alert,
    "msgType",
    Warning.shape.msgType.options,
  );
  complaints.oneOf(alert, "scope", ["Public", "Restricted", "Private"]);
  const infos = alert.children("info");
  for (const info of infos) checkInfo(info, complaints);
  const chosen = inLanguage(infos);
  const worst = worstOf(chosen);
  const { level, assumed } = levelOf(worst);
  const told = (name: string) => worst?.child(name)?.text ?? "";
  const sent = complaints.time(alert, "sent") ?? NaN;
  const warning: Warning = {
    sender: alert.child("sender")?.text ?? "",
    identifier: alert.child("identifier")?.text ?? "",
    sent,
    status: complaints.oneOf(alert, "status", Warning.shape.status.options),
    msgType,
    references: readReferences(alert, msgType, complaints),
    event: told("event"),
    eventCode: worst?.child("eventCode")?.child("value")?.text || null,
    level,
    levelAssumed: assumed,
    urgency: told("urgency"),
    certainty: told("certainty"),
    headline: told("headline"),
    description: told("description"),
    instruction: told("instruction"),
    language: told("language") || "en-US",
    senderName: told("senderName"),
    onset:
      worst &&
      (complaints.time(worst, "onset") ?? complaints.time(worst, "effective")),
    expires: worst && (complaints.time(worst, "expires") ?? sent + DAY),
    areas: chosen.flatMap((info) =>
      info.children("area").map((area) => readArea(area, complaints)),
    ),
  };
  checkBounds(warning, complaints);
  const flaw = findFlaw(warning);
  if (flaw) complaints.say(`/alert${flaw.path}`, flaw.message);
  const raw = textOf(body);
  const [first, ...more] = complaints.found;
  if (first) {
    const also = alsoAt(more.map(({ path }) => path));
    return new Flaw(first.path, first.message + also, raw);
  }
  rawOf.set(warning, raw);
  return warning;
}

/** CAP 1.2 §3.2.1: what a `<references>` could not quote names nothing. The store has its key of it. */
function wrongName(text: string): string | null {
  if (/[\s,<&]/.test(text)) return "may hold no spaces, commas, < or &";
  return text.length > LONGEST_NAME
    ? `is longer than ${LONGEST_NAME} characters`
    : null;
}

/** What every info block must have, also those in other languages. */
function checkInfo(info: Element, complaints: Complaints): void {
  for (const name of ["category", "event", "urgency", "severity", "certainty"])
    complaints.need(info, name);
  for (const area of info.children("area")) complaints.need(area, "areaDesc");
}

/** The blocks in Chinese, else those in the language of the first. */
function inLanguage(infos: readonly Element[]): Element[] {
  const language = (info: Element) => info.child("language")?.text ?? "en-US";
  const chinese = infos.filter((info) => /^zh/i.test(language(info)));
  if (chinese.length > 0) return chinese;
  return infos.filter((info) => language(info) === language(infos[0]!));
}

function worstOf(infos: readonly Element[]): Element | null {
  const rank = (info: Element) => ORDER.indexOf(levelOf(info).level);
  return infos.reduce<Element | null>(
    (worst, info) => (worst && rank(worst) <= rank(info) ? worst : info),
    null,
  );
}

function levelOf(info: Element | null): { level: Level; assumed: boolean } {
  const level = LEVELS[info?.child("severity")?.text ?? ""];
  return { level: level ?? "blue", assumed: level === undefined };
}

/** Extended message identifiers, `sender,identifier,sent`, separated by spaces. */
function readReferences(
  alert: Element,
  msgType: string,
  complaints: Complaints,
): Warning["references"] {
  const element = alert.child("references");
  const path = `${alert.path}/references`;
  if (!element) {
    if (msgType === "Update" || msgType === "Cancel")
      complaints.say(path, `an ${msgType} must name the message it is about`);
    return [];
  }
  if (element.text === "") {
    complaints.say(path, "names no message, but is there");
    return [];
  }
  const named = element.text.split(/\s+/);
  if (named.length > MOST_REFERENCES) {
    complaints.say(path, `names more than ${MOST_REFERENCES} messages`);
    return [];
  }
  return named.map((one) => {
    const [sender = "", identifier = "", text = "", ...rest] = one.split(",");
    const sent = parseInstant(text);
    if (!sender || !identifier || Number.isNaN(sent) || rest.length > 0)
      complaints.say(
        path,
        `expected sender,identifier,sent, found ${clip(one)}`,
      );
    const wrong = wrongName(sender) ?? wrongName(identifier);
    if (wrong) complaints.say(path, `${clip(one)} ${wrong}`);
    return { sender, identifier, sent };
  });
}
