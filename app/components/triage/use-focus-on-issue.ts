import { type RefCallback, useCallback, useEffect, useRef } from "react";

type Shown = {
  /** Somebody chose it, rather than it being the first. */
  isChosen: boolean;
  /** All of it is there, and not only its title. */
  isWhole: boolean;
};

/**
 * With scripts, the button that was pressed leaves with its issue: the focus goes to the heading of the one that takes
 * its place, from where the next Tab leads to its own buttons, and the page to its beginning. A filter that was pressed
 * keeps the focus. Without scripts `autofocus` does the same.
 */
export function useFocusOnIssue(
  issueId: number | null,
  { isChosen, isWhole }: Shown,
): RefCallback<HTMLElement> {
  const heading = useRef<HTMLElement | null>(null);
  // The first of the list is shown before anybody chooses it, and on a phone only then.
  const shown = `${issueId} ${isChosen} ${isWhole}`;
  const shownBefore = useRef(shown);
  useEffect(() => {
    if (shownBefore.current === shown) return;
    shownBefore.current = shown;
    const isLost = document.activeElement === document.body;
    if (!isChosen && !isLost) return;
    heading.current?.focus({ preventScroll: true });
    // The links to other issues leave the scrolling to this, so that it does not wait for an answer.
    window.scrollTo({ top: 0 });
  }, [shown, isChosen]);
  return useCallback((element) => {
    heading.current = element;
  }, []);
}
