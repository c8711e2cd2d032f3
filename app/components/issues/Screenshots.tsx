import { screenshotPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";
import type { ScreenshotFacts } from "~/models/screenshot.server";

/** The screenshots of an issue, each leading to its full size. Nothing without any. */
export function Screenshots({ issue }: { issue: Pick<IssueView, "id" | "screenshots"> }) {
  const t = useT();
  const { id, screenshots } = issue;
  if (screenshots.length === 0) return null;
  return (
    <section aria-label={t("issueTalk.screenshots")}>
      <ul className="shots">
        {screenshots.map((shot, index) => (
          <li key={shot.hash}>
            <Thumbnail issueId={id} shot={shot} number={index + 1} count={screenshots.length} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type ThumbnailProps = {
  issueId: number;
  shot: ScreenshotFacts;
  /** Which of how many, as people count. */
  number: number;
  count: number;
};

export function Thumbnail({ issueId, shot, number, count }: ThumbnailProps) {
  const t = useT();
  return (
    <a href={screenshotPath(issueId, shot)}>
      <img
        src={screenshotPath(issueId, shot, "thumbnail")}
        alt={t("issueTalk.screenshots.alt", { number: String(number), count })}
        // Known before it is loaded, so that nothing jumps.
        width={shot.thumbnailWidth}
        height={shot.thumbnailHeight}
        loading="lazy"
        decoding="async"
      />
    </a>
  );
}
