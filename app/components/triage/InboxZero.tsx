import type { Ref } from "react";
import { ButtonLink } from "~/components/Button";
import { triageHref } from "~/filters/triage-filter";
import { useT } from "~/i18n/context";

type Props = {
  decidedToday: { approved: number; rejected: number } | null;
  headingRef: Ref<HTMLHeadingElement>;
};

/** Nothing waits, or, while something is decided elsewhere, nothing that the filters leave. */
export function InboxZero({ decidedToday, headingRef }: Props) {
  const t = useT();
  return (
    <div className="card empty">
      <h2 ref={headingRef} tabIndex={-1}>
        {t(decidedToday ? "triage.zero.title" : "triage.zero.filtered")}
      </h2>
      {decidedToday ? (
        <>
          <p>
            {t("triage.zero.today", {
              approved: t("triage.zero.approved", { count: decidedToday.approved }),
              rejected: t("triage.zero.rejected", { count: decidedToday.rejected }),
            })}
          </p>
          <p className="meta">{t("triage.zero.nothing")}</p>
        </>
      ) : (
        <p>
          <ButtonLink to={triageHref({})}>{t("triage.filter.removeAll")}</ButtonLink>
        </p>
      )}
    </div>
  );
}
