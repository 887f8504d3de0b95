/** Something opens in a page that is being read, and closes again: the page stands where it stood. */
import { nextTick } from "vue";

/** What scrolls around an element; the page itself where nothing else does. */
function scrollerOf(inside: Element): Element | null {
  for (let one = inside.parentElement; one; one = one.parentElement)
    if (/auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  return document.scrollingElement;
}

/**
 * The reader's place. Who scrolled on meanwhile has another one, which is not
 * touched.
 * @param inside the scrolled part, or something in it
 */
export function useReadingPlace(inside: () => Element | null) {
  /** px from the top before something opened, and when it had opened and taken the keys. */
  let kept: { scroller: Element; before: number; after: number } | null = null;
  const unmoved = () =>
    kept !== null && kept.scroller.scrollTop === kept.after ? kept : null;
  return {
    /** Called when it was told to open, and is not drawn yet. */
    async opens(): Promise<void> {
      const element = inside();
      const scroller = element && scrollerOf(element);
      if (!scroller) return;
      // One form after another: the place is that before the first.
      const before = unmoved()?.before ?? scroller.scrollTop;
      await nextTick();
      kept = { scroller, before, after: scroller.scrollTop };
    },
    /** Called when it was told to close, and still stands there. */
    async closes(): Promise<void> {
      const still = unmoved();
      kept = null;
      await nextTick();
      if (still) still.scroller.scrollTop = still.before;
    },
  };
}
