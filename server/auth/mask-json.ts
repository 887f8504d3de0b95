/** Personal data in what departments sent: the quarantine shows their payloads as they came. */
import { maskAddress } from "./mask-address.ts";
import { maskName } from "./mask-names.ts";
import { maskId, maskPhone } from "./mask-numbers.ts";
import { maskText } from "./mask.ts";

/** Fields that hold somebody, or his name. */
const PERSON =
  /^(?:reporter|caller|contact|complainant|applicant|citizen|resident|person|owner|user)(?:s|_?name)?$|^(?:姓名|联系人|报告人|报修人|反映人|投诉人|来电人|举报人|申请人|当事人|户主|业主|市民)(?:姓名)?$/i;
const PHONE = /phone|mobile|telephone|^tel$|_tel$|Tel$|手机|电话|号码$/i;
const ID = /^(?:id_?(?:card|no|number)|card_?no)|身份证|证件号/i;
/** Only of somebody: things have names and places, too. */
const NAME = /name$|^xm$|姓名|名字/i;
const ADDRESS = /address|addr$|地址|住址/i;

type Mask = (text: string) => string;

/** How a field's text is masked. @param ofPerson is it somebody's? */
function maskOf(field: string, ofPerson: boolean): Mask {
  if (PHONE.test(field)) return maskPhone;
  if (ID.test(field)) return maskId;
  if (ofPerson && ADDRESS.test(field)) return maskAddress;
  if (PERSON.test(field) || (ofPerson && NAME.test(field))) return maskName;
  return maskText;
}

/**
 * Masks a payload: JSON field by field, anything else as free text. Written
 * anew, JSON has no blanks between its signs.
 */
export function maskJson(text: string): string {
  try {
    return JSON.stringify(masked(JSON.parse(text), maskText, false));
  } catch {
    // No JSON, or nested beyond measure.
    return maskText(text);
  }
}

function masked(value: unknown, mask: Mask, ofPerson: boolean): unknown {
  if (typeof value === "string") return mask(value);
  if (typeof value === "number") {
    const shown = mask(String(value));
    return mask === maskName || shown === String(value) ? value : shown;
  }
  if (Array.isArray(value))
    return value.map((each) => masked(each, mask, ofPerson));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, held]) => {
      const isPerson = ofPerson || PERSON.test(field);
      const shown = masked(held, maskOf(field, ofPerson), isPerson);
      return [maskText(field), shown];
    }),
  );
}
