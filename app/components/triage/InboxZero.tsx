import { ButtonLink } from "~/components/Button";
import { triageHref } from "~/filters/triage-filter";
import { useT } from "~/i18n/context";

type Props = {
  /** Given when the whole inbox is empty, and not only what the filters leave of it. */
  decidedToday: { approved: number; rejected: number } | null;
};

export function InboxZero({ decidedToday }: Props) {
  const t = useT();
  if (!decidedToday) {
    return (
      <div className="card empty">
        <h2>{t("triage.zero.filtered")}</h2>
        <p>
          <ButtonLink to={triageHref({})}>{t("triage.filter.removeAll")}</ButtonLink>
        </p>
      </div>
    );
  }
  const approved = t("triage.zero.approved", { count: decidedToday.approved });
  const rejected = t("triage.zero.rejected", { count: decidedToday.rejected });
  return (
    <div className="card empty">
      <p>{t("triage.zero.today", { approved, rejected })}</p>
      <p className="meta">{t("triage.zero.nothing")}</p>
    </div>
  );
}
