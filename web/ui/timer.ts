/** A repeating step that lives as long as the component is mounted. */
import { onBeforeUnmount, onMounted, watch } from "vue";

/** `every` in ms; 0 never steps. */
export function useTimer(every: () => number, step: () => void): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const start = () => {
    clearInterval(timer);
    if (every() > 0) timer = setInterval(step, every());
  };
  onMounted(start);
  onBeforeUnmount(() => clearInterval(timer));
  watch(every, start, { flush: "post" });
}
