import { Button } from "~/components/Button";
import { Field } from "~/components/Field";
import { LARGEST_SCREENSHOT_BYTES, MOST_SCREENSHOTS, shotVersion } from "~/domain/screenshot";
import { useFormat, useT } from "~/i18n/context";
import type { ScreenshotFacts } from "~/models/screenshot.server";
import { Thumbnail } from "./Screenshots";

export type KeptScreenshotsProps = {
  issueId: number;
  screenshots: readonly ScreenshotFacts[];
};

type ScreenshotFieldsProps = {
  kept?: KeptScreenshotsProps | undefined;
  error: string | undefined;
  /** The intent of the form's first button. */
  enter: string;
};

/** The screenshots that an issue has, each with its button, and where more are chosen. */
export function ScreenshotFields({ kept, error, enter }: ScreenshotFieldsProps) {
  const t = useT();
  const room = MOST_SCREENSHOTS - (kept?.screenshots.length ?? 0);
  return (
    <>
      {kept && kept.screenshots.length > 0 ? <Kept {...kept} enter={enter} /> : null}
      {room > 0 || error ? (
        <ScreenshotInput label={t("issueTalk.screenshots.add")} room={room} error={error} />
      ) : (
        <p className="hint">{t("issueTalk.screenshots.none")}</p>
      )}
    </>
  );
}

type ScreenshotInputProps = { label: string; room: number; error?: string | undefined };

export function ScreenshotInput({ label, room, error }: ScreenshotInputProps) {
  const t = useT();
  const size = useFormat().bytes(LARGEST_SCREENSHOT_BYTES);
  return (
    <Field
      name="screenshots"
      type="file"
      accept="image/*"
      multiple
      optional
      label={label}
      hint={t("issueTalk.screenshots.hint", { count: room, size })}
      error={error}
    />
  );
}

function Kept({ issueId, screenshots, enter }: KeptScreenshotsProps & { enter: string }) {
  const t = useT();
  return (
    <div className="field">
      {/* The first button of a form is what Enter presses: never one that takes something away. */}
      <button name="intent" value={enter} className="sr-only" tabIndex={-1} aria-hidden="true" />
      <p className="label">{t("issueTalk.screenshots")}</p>
      <ul className="shots">
        {screenshots.map((shot, index) => (
          <li key={shot.hash}>
            <Thumbnail
              issueId={issueId}
              shot={shot}
              number={index + 1}
              count={screenshots.length}
            />
            <Button
              name="intent"
              value={`remove:${shotVersion(shot)}`}
              aria-label={t("issueTalk.screenshots.removeThis", { number: String(index + 1) })}
            >
              {t("issueTalk.screenshots.remove")}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
