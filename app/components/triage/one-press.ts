import { useNavigation } from "@remix-run/react";
import type { FormEvent, MouseEvent } from "react";

/**
 * With scripts the next issue is there so soon that the second half of a double click would decide it, unseen. One
 * press counts, and nothing is sent while an answer is on its way. Without scripts this does nothing, and the server
 * answers a form that comes twice as it answered it once (triage-decision.server.ts).
 */
export function useOnePress() {
  const isBusy = useNavigation().state !== "idle";
  return {
    onSubmit: (event: FormEvent) => {
      if (isBusy) event.preventDefault();
    },
    onClick: (event: MouseEvent) => {
      if (event.detail > 1) event.preventDefault();
    },
  };
}
