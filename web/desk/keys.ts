/** Which command a key means: one press, or two of which the first is a letter that begins several. */
import { onScopeDispose } from "vue";
import type { Command, Commands } from "./command.ts";

/** ms that the second press of `g i` may take. */
const PATIENCE = 1_500;

/** As keycaps name them: of `g i` two, of `Escape` one. */
export const capsOf = (key: string): string[] =>
  key.split(" ").map((press) => (press === "Escape" ? "Esc" : press));

type Press = Pick<KeyboardEvent, "key" | "timeStamp">;

/** Reads presses one after another; gives the command that a press completes. Pure but for what it remembers. */
export function createKeyReader(commands: Pick<Commands, "all" | "byKey">) {
  let first: Press | null = null;
  return (press: Press): Command | null => {
    const begun = first;
    first = null;
    const isInTime = begun && press.timeStamp - begun.timeStamp <= PATIENCE;
    const both = isInTime && commands.byKey(`${begun.key} ${press.key}`);
    if (both) return both;
    const begins = commands.all.some(({ key }) =>
      key?.startsWith(`${press.key} `),
    );
    if (begins) first = press;
    return commands.byKey(press.key);
  };
}

const FIELDS = "input, textarea, select, [contenteditable], [role=combobox]";
/** These answer to Enter and the space bar themselves. */
const PRESSED = "button, a[href], summary, [role=button], [role=tab]";

/** Does a press belong to what has the focus, or to a dialog that lies over the desk? */
function isTaken({ key, target }: KeyboardEvent): boolean {
  if (document.querySelector("dialog:modal, .el-overlay:not([style*=none])"))
    return true;
  if (!(target instanceof Element)) return false;
  if (target.closest(FIELDS)) return true;
  return (key === "Enter" || key === " ") && target.closest(PRESSED) !== null;
}

/** Runs commands by their keys while the component lives that asks. Never in a field. */
export function useCommandKeys(commands: Commands): void {
  const read = createKeyReader(commands);
  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTaken(event)) return;
    const command = read(event);
    if (!command || command.obstacle() !== null) return;
    event.preventDefault();
    command.run();
  }
  addEventListener("keydown", press);
  onScopeDispose(() => removeEventListener("keydown", press));
}
