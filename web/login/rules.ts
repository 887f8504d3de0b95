/** What a new password needs, judged while it is typed, and what the hub has against one. Pure. */

export interface Least {
  length: number;
  kinds: number;
}

const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];

/** Which rules a password meets, typed twice. */
export function rulesMet(
  given: { password: string; again: string; login: string },
  least: Least,
) {
  const { password, again, login } = given;
  const typed = password !== "";
  return {
    length: [...password].length >= least.length,
    kinds: KINDS.filter((kind) => kind.test(password)).length >= least.kinds,
    own: typed && !password.toLowerCase().includes(login.toLowerCase()),
    equal: typed && password === again,
  };
}

const SENTENCES = [
  [/^it needs at least (\d+) characters/, "length"],
  [/^it needs (\d+) of: /, "kinds"],
  [/^it holds the login/, "own"],
  [/^it is one that everybody/, "known"],
  [/^it has too few/, "few"],
  [/^it was used before/, "used"],
] as const;

export interface Flaw {
  /** `other`: a sentence that this page does not know. */
  kind: (typeof SENTENCES)[number][1] | "other";
  n: number;
}

/** What the hub has against a password, from its sentence. */
export function flawOf(sentence: string): Flaw {
  for (const [pattern, kind] of SENTENCES) {
    const found = pattern.exec(sentence);
    if (found) return { kind, n: Number(found[1] ?? 0) };
  }
  return { kind: "other", n: 0 };
}
