import { createContext, useContext } from "react";
import { DEFAULT_LOCALE, type Locale } from "~/i18n/locale";

/** What entry.server.tsx knows of the request, also when no loader ran. Empty in the browser. */
export type RequestFacts = {
  /** Chosen in this browser, else from Accept-Language. */
  locale: Locale;
  /** The Content-Security-Policy's nonce; a browser hides it from scripts, hence "" there. */
  nonce: string;
  requestId: string | null;
  /** The page answers a form, so that leaving it loses what was typed. */
  isAnswer: boolean;
};

export const RequestFactsContext = createContext<RequestFacts>({
  locale: DEFAULT_LOCALE,
  nonce: "",
  requestId: null,
  isAnswer: false,
});

export function useRequestFacts(): RequestFacts {
  return useContext(RequestFactsContext);
}
