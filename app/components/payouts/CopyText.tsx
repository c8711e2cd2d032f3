import { useRef } from "react";
import { CopyButton } from "~/components/CopyButton";

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
  const select = () => {
    if (shown.current) getSelection()?.selectAllChildren(shown.current);
  };
  return (
    <span className="copy">
      <span className="copy-text" ref={shown}>
        {text}
      </span>
      <span className="copy-place">
        <CopyButton text={text} what={what} name={name} select={select} />
      </span>
    </span>
  );
}
