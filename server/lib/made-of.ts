/** What was made of a thing, made anew as soon as there is another thing. */
export function madeOf<Thing, Made>(
  thing: () => Thing,
  make: (thing: Thing) => Made,
): () => Made {
  let of = thing();
  let made = make(of);
  return () => {
    const now = thing();
    if (now !== of) {
      of = now;
      made = make(now);
    }
    return made;
  };
}
