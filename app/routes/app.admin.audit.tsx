import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AuditFilterForm } from "~/components/audit/AuditFilterForm";
import { AuditTable } from "~/components/audit/AuditTable";
import { ButtonLink } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { PageHeader } from "~/components/PageHeader";
import { Pagination } from "~/components/Pagination";
import {
  auditFilterQuery,
  auditPlaceText,
  readAuditFilter,
  readAuditPlace,
} from "~/filters/audit-filter";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import type { PageHandle } from "~/http/page-handle";
import { auditCsvPath, auditPath } from "~/http/paths";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { auditList } from "~/models/audit-list.server";
import { auditPeople } from "~/models/user-list.server";
import { settings } from "~/settings.server";

const PAGE = 100;

export const handle: PageHandle = { wide: true };

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("audit.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const { searchParams } = new URL(request.url);
  const filter = readAuditFilter(searchParams);
  const after = readAuditPlace(searchParams.get("after"));
  const [rows, people] = await Promise.all([
    auditList(filter, settings().TEAM_TIME_ZONE, after, PAGE + 1),
    auditPeople(filter.person),
  ]);
  const lines = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? lines.at(-1) : undefined;
  return { filter, people, lines, isFirst: after === null, next: last && auditPlaceText(last) };
}

export const action = methodNotAllowed("GET", "HEAD");

export default function Audit() {
  const t = useT();
  const { filter, people, lines, isFirst, next } = useLoaderData<typeof loader>();
  const query = auditFilterQuery(filter);
  return (
    <>
      <PageHeader
        title={t("audit.title")}
        actions={
          <ButtonLink to={auditCsvPath(query)} download>
            {t("audit.download")}
          </ButtonLink>
        }
      />
      <AuditFilterForm filter={filter} people={people} />
      {lines.length === 0 ? (
        <EmptyState title={t("audit.empty.title")}>
          <ButtonLink to={auditPath()}>{t("audit.clear")}</ButtonLink>
        </EmptyState>
      ) : (
        <AuditTable lines={lines} filter={filter} />
      )}
      <Pagination
        newer={isFirst ? null : auditPath(query)}
        older={next ? auditPath({ ...query, after: next }) : null}
      />
    </>
  );
}
