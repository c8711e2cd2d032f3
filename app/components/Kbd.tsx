import { useRootData } from "~/http/root-data";

/** False for those who turned single keys off (WCAG 2.1.4): then none is shown and none is listened for. */
export function useHotkeysOn(): boolean {
  return useRootData()?.user?.hotkeys ?? false;
}

/** What marks a control as the one that a key presses: app/enhancements/hotkeys.ts looks for `data-key`. */
export function useKeyOf(kbd: string | undefined) {
  return useHotkeysOn() && kbd ? { "data-key": kbd, "aria-keyshortcuts": kbd } : {};
}

/** The key as printed on its control; not part of the control's name. */
export function Kbd({ children }: { children: string | undefined }) {
  return useHotkeysOn() && children ? <kbd aria-hidden="true">{children}</kbd> : null;
}
