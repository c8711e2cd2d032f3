import { useRootData } from "~/http/root-data";
import { Notice } from "./Notice";

/** Always in the page, so that a message that arrives without a page load is read out. */
export function FlashRegion() {
  const flash = useRootData()?.flash;
  return (
    <div role="status">
      {flash ? (
        <Notice tone={flash.tone} action={flash.action}>
          {flash.text}
        </Notice>
      ) : null}
    </div>
  );
}
