import { type RefCallback, useCallback, useEffect, useRef } from "react";

/**
 * With scripts, the button that was pressed leaves with its issue: the focus goes to the heading of the one that takes
 * its place, from where the next Tab leads to its own buttons. A filter that was pressed keeps the focus. Without
 * scripts `autofocus` does the same.
 */
export function useFocusOnIssue(
  issueId: number | null,
  isChosen: boolean,
): RefCallback<HTMLElement> {
  const heading = useRef<HTMLElement | null>(null);
  // The first of the list is shown before anybody chooses it, and on a phone only then.
  const shown = `${issueId} ${isChosen}`;
  const shownBefore = useRef(shown);
  useEffect(() => {
    if (shownBefore.current === shown) return;
    shownBefore.current = shown;
    const isLost = document.activeElement === document.body;
    // The router has already scrolled to where a new page begins.
    if (isChosen || isLost) heading.current?.focus({ preventScroll: true });
  }, [shown, isChosen]);
  return useCallback((element) => {
    heading.current = element;
  }, []);
}
