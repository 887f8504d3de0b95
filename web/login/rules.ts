/** What a new password needs, judged while it is typed. Pure. */

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
