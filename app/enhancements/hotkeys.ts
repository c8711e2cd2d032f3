import { useEffect } from "react";

/** What of a keyboard event decides; a plain object in tests. */
export type Press = Pick<
  KeyboardEvent,
  "code" | "key" | "repeat" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey" | "isComposing"
>;

/**
 * The name of the key as controls carry it in `data-key` ("e", "1", "?", "Escape"), or null. Letters and digits are
 * taken by their place, so that they work on Russian and Kazakh layouts; `?` and `/` by their sign as well, which each
 * layout has elsewhere and some with Shift.
 */
export function keyOf(press: Press): string | null {
  const { code, key, shiftKey } = press;
  if (press.repeat || press.isComposing || press.ctrlKey || press.altKey || press.metaKey)
    return null;
  if (key === "?" || key === "/" || key === "Escape") return key;
  if (code === "Slash") return shiftKey ? "?" : "/";
  if (shiftKey) return null;
  return (
    /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(code)?.slice(1).find(Boolean)?.toLowerCase() ??
    null
  );
}

/** Each key clicks the control that carries its name, where one is to be seen: nothing else, so nothing a mouse cannot. */
export function useHotkeys(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isOn]);
}

function press(event: KeyboardEvent): void {
  const key = keyOf(event);
  if (key === null || event.defaultPrevented || document.querySelector("dialog:modal")) return;
  const target = event.target instanceof Element ? event.target : null;
  if (key === "Escape") return goBack(event, target);
  if (isTypedInto(target)) return;
  const control = controlOf(key);
  if (!control) return;
  event.preventDefault();
  // Where there is something to fill in or to send from, the focus follows.
  if (control instanceof HTMLInputElement) control.focus();
  if (!isTypedInto(control)) control.click();
}

const NOT_TYPED_INTO = ["checkbox", "radio", "button", "submit", "reset"];

function isTypedInto(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !NOT_TYPED_INTO.includes(element.type);
  // A list of choices takes letters as a search.
  return Boolean(element?.closest("textarea, select, [contenteditable]"));
}

function controlOf(key: string): HTMLElement | null {
  const controls = document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  return [...controls].find(isUsable) ?? null;
}

function isUsable(control: HTMLElement): boolean {
  return control.checkVisibility({ visibilityProperty: true }) && !control.matches(":disabled");
}

/** Out of a box, then out of what is open, then back to the list. */
function goBack(event: KeyboardEvent, target: Element | null): void {
  if (isTypedInto(target) && target instanceof HTMLElement) {
    // Its own Escape would empty a search box.
    event.preventDefault();
    return target.blur();
  }
  const open = target?.closest<HTMLDetailsElement>("details[open]") ?? openPanel();
  if (!open) return controlOf("Escape")?.click();
  open.open = false;
  open.querySelector("summary")?.focus();
}

function openPanel(): HTMLDetailsElement | null {
  return document.querySelector<HTMLDetailsElement>("main details[open]");
}
