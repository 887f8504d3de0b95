/**
 * Latin letters by which a Chinese name is found: `jiaotongju jtj` for 交通局.
 * The dictionary is large, so it comes when somebody types letters, and never
 * to a wall.
 */
import { shallowRef } from "vue";

type Read = (name: string) => string;

const read = shallowRef<Read | null>(null);
let isAsked = false;

const HAN = /\p{Script=Han}/u;
/** Names are few and looked at with every key. */
const known = new Map<string, string>();

/** Brings the dictionary, once it is needed: `typed` has a Latin letter. */
export function wantPinyin(typed: string): void {
  if (isAsked || !/[a-z]/i.test(typed)) return;
  isAsked = true;
  void import("pinyin-pro").then(
    ({ pinyin }) => {
      read.value = (name) => {
        const options = { toneType: "none", type: "array", v: true } as const;
        const syllables = pinyin(name, { ...options, nonZh: "consecutive" });
        const whole = syllables.join("");
        return `${whole} ${syllables.map(([first]) => first).join("")}`;
      };
    },
    // Names are found as they are written; the next letter tries again.
    () => (isAsked = false),
  );
}

/** Whole and by initials, small letters; empty where it has no Chinese or the dictionary is not here. Reactive. */
export function lettersOf(name: string): string {
  const reading = read.value;
  if (!reading || !HAN.test(name)) return "";
  let letters = known.get(name);
  if (letters === undefined)
    known.set(name, (letters = reading(name).toLowerCase()));
  return letters;
}
