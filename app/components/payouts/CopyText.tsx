import { type RefObject, useRef, useState, useSyncExternalStore } from "react";
import { useT } from "~/i18n/context";

type CopyTextProps = {
  text: string;
  /** For people who hear the button: what it copies, and whose. */
  what: string;
  name: string;
};

/**
 * A text for the banking app. It selects whole with one press; where scripts run a button copies it. The button's place
 * is kept from the beginning, so that nothing moves when it comes.
 */
export function CopyText({ text, what, name }: CopyTextProps) {
  const shown = useRef<HTMLSpanElement>(null);
  return (
    <span className="copy">
      <span className="copy-text" ref={shown}>
        {text}
      </span>
      <span className="copy-place">
        {useHasScripts() ? <CopyButton text={text} what={what} name={name} shown={shown} /> : null}
      </span>
    </span>
  );
}

/** False on the server and while the page wakes up, so that both render the same. */
function useHasScripts(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}

type CopyButtonProps = CopyTextProps & { shown: RefObject<HTMLSpanElement> };

function CopyButton({ text, what, name, shown }: CopyButtonProps) {
  const t = useT();
  const [said, setSaid] = useState<"copied" | "copySelected" | null>(null);
  const copy = () =>
    writeToClipboard(text).then(
      () => setSaid("copied"),
      () => {
        // A plain HTTP address may not write to the clipboard: what is selected is one key away from it.
        if (shown.current) getSelection()?.selectAllChildren(shown.current);
        setSaid("copySelected");
      },
    );
  return (
    <>
      <button
        type="button"
        className="btn btn-copy"
        aria-label={t("batch.copyOf", { what, name })}
        onClick={() => void copy()}
        onBlur={() => setSaid(null)}
      >
        {t(said ? `batch.${said}` : "batch.copy")}
      </button>
      <span aria-live="polite" className="sr-only">
        {said ? t(`batch.${said}`) : null}
      </span>
    </>
  );
}

// Throws inside the promise where there is no clipboard at all.
async function writeToClipboard(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
