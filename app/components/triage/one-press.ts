import { useNavigation } from "@remix-run/react";
import type { FormEvent, MouseEvent } from "react";

type Submit = FormEvent<HTMLFormElement>;

/**
 * With scripts the next issue is there so soon that the second half of a double click would decide it, unseen. One
 * press counts, and while a form is posted as a page another waits for its answer. Without scripts this does nothing.
 * A form that comes twice all the same is answered as it was once (triage-decision.server.ts).
 */
export function useOnePress(onDecide?: (event: Submit) => void) {
  const isUnderWay = useNavigation().state === "submitting";
  return {
    onSubmit: (event: Submit) => {
      if (isUnderWay) event.preventDefault();
      else onDecide?.(event);
    },
    onClick: (event: MouseEvent) => {
      if (event.detail < 2) return;
      event.preventDefault();
      // The second press has taken the focus from the new issue's heading to a button that decides it.
      document.getElementById("issue-title")?.focus({ preventScroll: true });
    },
  };
}
