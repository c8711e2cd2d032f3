import { PageLink } from "~/components/PageLink";
import { VOID_KINDS, type VoidKind } from "~/filters/void-filter";
import { voidsPath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** Narrows the list of voids and reversals to one kind. */
export function VoidKinds({ kind }: { kind: VoidKind | null }) {
  const t = useT();
  const label = (each: VoidKind | null) => {
    if (each === null) return t("batch.filter.all");
    return each === "cancelled" ? t("payouts.commitmentCancelled") : t(`words.reversal.${each}`);
  };
  return (
    <nav aria-label={t("batch.filter.kind")} className="row print:hidden">
      {[null, ...VOID_KINDS].map((each) => (
        <PageLink
          key={each ?? "all"}
          to={voidsPath({ kind: each })}
          className="btn"
          aria-current={each === kind ? "true" : undefined}
        >
          {label(each)}
        </PageLink>
      ))}
    </nav>
  );
}
