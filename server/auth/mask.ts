/**
 * What of personal data somebody is shown (domain.md §12): telephones, names
 * and ID numbers are masked for everybody; addresses below the community for
 * who may not read them. Every mask is linear in its text, and masks once: what
 * is masked stays as it is.
 */
import type { FeedHealth } from "../../contract/feed.ts";
import type { Masking } from "../../contract/data-scope.ts";
import type { Incident, Reporter } from "../../contract/incident.ts";
import { maskStyled, seenIn, UNSEEN } from "./mask-forms.ts";
import { maskAddress, maskDoors } from "./mask-address.ts";
import { maskName, maskNames } from "./mask-names.ts";
import { maskSpoken } from "./mask-spoken.ts";
import { halfWidth, maskNumbers, maskPhone } from "./mask-numbers.ts";

/** Masks telephones, ID numbers and announced names in free text; at most twice as long. */
export function maskText(text: string): string {
  const numbered = maskStyled(text, maskDigits);
  // Unseen signs inside a name would hide it from us and from nobody else.
  const seen = seenIn(numbered);
  const masked = maskNames(maskDigits(seen));
  return seen === numbered || masked !== seen ? masked : maskDigits(numbered);
}

const maskDigits = (text: string): string => maskSpoken(maskNumbers(text));

/** What is shorter stands in any text. */
const SHORTEST_NAME = 2;
const SHORTEST_PHONE = 5;
/** What callers are called who gave no name. */
const NAMELESS =
  /^(?:热心)?(?:市民|居民|群众|业主|住户)$|^(?:匿名|本人|不详|未知)$/;
/** Between the digits of a number. */
const GAP = `(?:[ \\-－–—()（）]|${UNSEEN}){0,2}`;

/** Finds a reporter's own name and number in a text; null where there is nothing to find. */
function ownOf({ name, phone }: Reporter): RegExp | null {
  const found: string[] = [];
  const own = name.trim();
  const isName = own.length >= SHORTEST_NAME && !NAMELESS.test(own);
  if (isName && maskName(own) !== own && !own.includes("*"))
    found.push(
      [...own]
        .map((sign) => sign.replace(/[\\^$.+?()[\]{}|/]/, "\\$&"))
        .join(`${UNSEEN}{0,3}`),
    );
  const digits = halfWidth(phone).replace(/\D/g, "");
  if (digits.length >= SHORTEST_PHONE)
    found.push(
      `(?<![0-9０-９])${[...digits].map(eitherWidth).join(GAP)}(?![0-9０-９])`,
    );
  return found.length === 0 ? null : new RegExp(found.join("|"), "giu");
}

const eitherWidth = (digit: string): string =>
  `[${digit}${String.fromCharCode(digit.charCodeAt(0) + 0xfee0)}]`;

/** Does one of these texts tell who reported it, in words that are found only by knowing them? */
export function tellsOf(texts: readonly string[], reporter: Reporter): boolean {
  const own = ownOf(reporter);
  // Not `test`: it would remember where it found something.
  return own !== null && texts.some((text) => text.search(own) >= 0);
}

/** A mask of free texts for one reporter: his own name and number are hidden wherever they stand. */
export function maskFor(
  reporter: Reporter | null,
  masking: Masking,
): (text: string) => string {
  const own = reporter && ownOf(reporter);
  return (text) => {
    const nameless = own
      ? text.replace(own, (found) =>
          /[0-9０-９]/.test(found[0]!)
            ? maskPhone(found)
            : maskName(seenIn(found)),
        )
      : text;
    const masked = maskText(nameless);
    return masking === "all" ? maskDoors(masked) : masked;
  };
}

/** An incident's texts as somebody with this masking sees them. */
export function maskTexts(
  texts: Pick<Incident, "title" | "description" | "address">,
  reporter: Reporter | null,
  masking: Masking,
): Pick<Incident, "title" | "description" | "address"> {
  const mask = maskFor(reporter, masking);
  const address = mask(texts.address);
  return {
    title: mask(texts.title),
    description: mask(texts.description),
    address: masking === "all" ? maskAddress(address) : address,
  };
}

/** An incident as somebody with this masking sees it; the same one where there is nothing to hide. */
export function maskIncident(
  incident: Incident,
  reporter: Reporter | null,
  masking: Masking,
): Incident {
  const mask = maskFor(reporter, masking);
  const shown = {
    ...maskTexts(incident, reporter, masking),
    // Systems of hotlines number a call by who called.
    externalId: mask(incident.externalId),
    source: mask(incident.source),
  };
  const fields = Object.entries(shown) as [keyof typeof shown, string][];
  const isSame = fields.every(([field, text]) => incident[field] === text);
  return isSame ? incident : { ...incident, ...shown };
}

/** The last trouble quotes what was sent, which may tell who reported something. */
export const maskHealth = (health: FeedHealth): FeedHealth =>
  health.error === null ? health : { ...health, error: maskText(health.error) };

/** Fields that name something: what a link or a key says is never masked. */
const NAMING =
  /^(?:photos|into|stage|limit|step|by|sentBy|decidedBy|signedBy|worker|who|department|departments|lead|co|centre|centres|category)$/;

/** Masks every text in a value, but what names something. */
export function maskDeep<T>(value: T, mask: (text: string) => string): T {
  if (typeof value === "string") return mask(value) as T;
  if (Array.isArray(value))
    return value.map((each: unknown) => maskDeep(each, mask)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, each]: [string, unknown]) => [
      field,
      NAMING.test(field) ? each : maskDeep(each, mask),
    ]),
  ) as T;
}
