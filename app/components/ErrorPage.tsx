import { useLocation } from "@remix-run/react";
import { homePath, loginPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { T } from "~/i18n/translator";
import { ButtonLink } from "./Button";

const STATUSES = [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503] as const;

/** Where the same address, opened once more, may well answer. */
const WORTH_RETRYING: readonly number[] = [409, 429, 500, 503];

/** What somebody may want to tell an admin about, who finds it in the log by its id. */
const isWorthTelling = (status: number) => status >= 500 || status === 429;

type ErrorPageProps = {
  status: number;
  /** In place of what is always said of that status. */
  title: string | null;
  message: string | null;
  requestId: string | null;
};

/** Says what happened and what to do; nothing of the code or the database, ever. */
export function ErrorPage({ status, title, message, requestId }: ErrorPageProps) {
  const t = useT();
  const { pathname, search } = useLocation();
  return (
    <div className="stack max-w-160">
      <p className="meta">{t("app.error.label", { status: String(status) })}</p>
      <h1 className="mt-1">{title ?? errorTitle(t, status)}</h1>
      <p>{message ?? t(`app.error.${knownStatus(status)}.body`)}</p>
      <p className="row">
        {status === 401 ? (
          <ButtonLink tone="primary" to={loginPath(pathname + search)}>
            {t("app.error.signIn")}
          </ButtonLink>
        ) : null}
        {WORTH_RETRYING.includes(status) ? (
          <ButtonLink tone="primary" to={pathname + search}>
            {t("app.error.retry")}
          </ButtonLink>
        ) : null}
        <ButtonLink to={homePath()}>{t("app.error.home")}</ButtonLink>
      </p>
      {requestId && isWorthTelling(status) ? (
        <p className="meta">{t("app.error.requestId", { id: requestId })}</p>
      ) : null}
    </div>
  );
}

export function errorTitle(t: T, status: number): string {
  return t(`app.error.${knownStatus(status)}.title`);
}

function knownStatus(status: number): (typeof STATUSES)[number] {
  return STATUSES.find((known) => known === status) ?? (status < 500 ? 400 : 500);
}
