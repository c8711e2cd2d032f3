import { useNavigation } from "@remix-run/react";
import type { FormEvent, MouseEvent } from "react";

/**
 * With scripts the next issue is there so soon that the second half of a double click would decide it, unseen. One
 * press counts, and a second decision waits for the answer to the first; not for the page to be loaded after it, when
 * the answer is a form to mend. Without scripts this does nothing. A form that comes twice all the same is answered as
 * it was once (triage-decision.server.ts).
 */
export function useOnePress() {
  const isUnderWay = useNavigation().state === "submitting";
  return {
    onSubmit: (event: FormEvent) => {
      if (isUnderWay) event.preventDefault();
    },
    onClick: (event: MouseEvent) => {
      if (event.detail > 1) event.preventDefault();
    },
  };
}
