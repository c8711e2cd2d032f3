import { ButtonLink } from "~/components/Button";
import { IssueStatusBadge } from "~/components/IssueStatusBadge";
import { PageHeader } from "~/components/PageHeader";
import { PageLink } from "~/components/PageLink";
import { SeverityBadge } from "~/components/SeverityBadge";
import { When } from "~/components/When";
import { issuePath, issuesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";

type IssueHeaderProps = { issue: IssueView; isAdmin: boolean; mayEdit: boolean };

export function IssueHeader({ issue, isAdmin, mayEdit }: IssueHeaderProps) {
  const t = useT();
  const { id, title, severity, status, cycle, tester, filedAt } = issue;
  const date = filedAt ? <When value={filedAt} as="day" /> : null;
  return (
    <PageHeader
      title={title || t("issues.untitled")}
      back={{ to: issuesPath(), label: t(isAdmin ? "issues.back" : "issues.back.my") }}
      actions={
        mayEdit ? <ButtonLink to={`${issuePath(id)}?edit`}>{t("issues.edit")}</ButtonLink> : null
      }
    >
      <span>{t("issues.number", { id: String(id) })}</span>
      <SeverityBadge severity={severity} />
      <IssueStatusBadge status={status} />
      <PageLink to={issuesPath({ cycle: cycle.id })}>{cycle.name}</PageLink>
      {date ? (
        <span>
          {isAdmin
            ? t.rich("issues.filedBy", { name: tester.name, date })
            : t.rich("issues.filedOn", { date })}
        </span>
      ) : null}
    </PageHeader>
  );
}
