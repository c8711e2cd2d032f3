import { useState, useSyncExternalStore } from "react";
import { useT } from "~/i18n/context";

/** False on the server and while the page wakes up, so that both render the same. */
function useHasScripts(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}

type CopyButtonProps = {
  text: string;
  /** For people who hear the button: what it copies, and whose. */
  what: string;
  name: string;
  /** Selects the text where it is shown. */
  select: () => void;
};

/** Nothing without scripts; its place should be kept, so that nothing moves when it comes. */
export function CopyButton(props: CopyButtonProps) {
  return useHasScripts() ? <WorkingButton {...props} /> : null;
}

function WorkingButton({ text, what, name, select }: CopyButtonProps) {
  const t = useT();
  const [said, setSaid] = useState<"copied" | "copySelected" | null>(null);
  const copy = () =>
    writeToClipboard(text).then(
      () => setSaid("copied"),
      () => {
        // A plain HTTP address may not write to the clipboard: what is selected is one key away from it.
        select();
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
