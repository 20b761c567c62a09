/** A key by its place on the keyboard (`event.code`), with what is held beside it: "KeyP", "Ctrl+KeyK", "Shift+Digit1", "Escape". */
export type KeyName = string;

/** `Ctrl` is also ⌘, as people expect on a Mac. */
export function keyName(event: KeyboardEvent): KeyName {
  const held = [
    event.ctrlKey || event.metaKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey ? "Shift" : "",
  ].filter(Boolean);
  return [...held, event.code].join("+");
}

/** Whether the keys belong to a text field, an open dialog or an input method now. */
export function keysAreTaken(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return true;
  const target = event.target;
  if (!isElement(target)) return false;
  return (
    target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox], [data-own-keys]") !== null
  );
}

/** What stands in another window (Picture-in-Picture) is no `HTMLElement` of this one. */
function isElement(target: EventTarget | null): target is HTMLElement {
  return target !== null && "closest" in target && "isContentEditable" in target;
}
