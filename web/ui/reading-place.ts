/** Something opens in a page that is being read, and closes again: the page stands where it stood. */
import { nextTick } from "vue";

/** What scrolls around an element; the page itself where nothing else does. */
function scrollerOf(inside: Element): Element | null {
  for (let one = inside.parentElement; one; one = one.parentElement)
    if (/auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  return document.scrollingElement;
}

/**
 * The reader's place. Who scrolled on meanwhile to what is still there has
 * another one, which is not touched.
 * @param inside something in the scrolled part
 */
export function useReadingPlace(inside: () => Element | null) {
  /** px from the top before something opened, and when it had opened and taken the keys. */
  let kept: { scroller: Element; before: number; after: number } | null = null;
  return {
    /** Called when it was told to open, and is not drawn yet. */
    async opens(): Promise<void> {
      const element = inside();
      const scroller = element && scrollerOf(element);
      if (!scroller) return;
      const at = scroller.scrollTop;
      // One form after another: the place is that before the first.
      const before = kept?.after === at ? kept.before : at;
      await nextTick();
      kept = { scroller, before, after: scroller.scrollTop };
    },
    /** Called when it was told to close, and still stands there. */
    async closes(): Promise<void> {
      if (!kept) return;
      const { scroller, before, after } = kept;
      const at = scroller.scrollTop;
      kept = null;
      await nextTick();
      // Who scrolled to the end of a form stands beyond the page without it.
      const most = scroller.scrollHeight - scroller.clientHeight;
      const isCut = at > most && scroller.scrollTop >= most - 1;
      if (at === after || isCut) scroller.scrollTop = before;
    },
  };
}
