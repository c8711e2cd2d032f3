import { useLocation } from "@remix-run/react";
import { mayOpen } from "~/domain/permission";
import {
  adminCyclesPath,
  auditPath,
  balancePath,
  cyclesPath,
  homePath,
  issuesPath,
  logoutPath,
  newIssuePath,
  payoutsPath,
  settingsPath,
  triagePath,
  usersPath,
} from "~/http/paths";
import { useRequestFacts } from "~/http/request-facts";
import { type RootData, useRootData } from "~/http/root-data";
import { useT } from "~/i18n/context";
import { LanguageSwitch } from "./LanguageSwitch";
import { PageLink } from "./PageLink";
import { PostForm } from "./PostForm";

type Role = NonNullable<RootData["user"]>["role"];

const NAVIGATION = {
  tester: [
    { to: balancePath(), label: "app.nav.balance" },
    { to: issuesPath(), label: "app.nav.myReports" },
    { to: newIssuePath(), label: "app.nav.fileIssue" },
    { to: cyclesPath(), label: "app.nav.cycles" },
  ],
  admin: [
    { to: triagePath(), label: "app.nav.triage" },
    { to: payoutsPath(), label: "app.nav.payouts" },
    { to: issuesPath(), label: "app.nav.issues" },
    { to: adminCyclesPath(), label: "app.nav.cycles" },
    { to: usersPath(), label: "app.nav.people" },
    { to: auditPath(), label: "app.nav.audit" },
  ],
} as const satisfies Record<Role, readonly { to: string; label: string }[]>;

export function SiteHeader() {
  const t = useT();
  const user = useRootData()?.user;
  const { isAnswer } = useRequestFacts();
  return (
    <header className="bar">
      <div>
        <PageLink className="brand" to={homePath()}>
          {t("app.name")}
        </PageLink>
        {user ? <Navigation role={user.role} /> : null}
        {user ? <Account name={user.name} isViewed={user.viewedBy !== undefined} /> : null}
        {user || isAnswer ? null : <LanguageSwitch />}
      </div>
    </header>
  );
}

function Navigation({ role }: { role: Role }) {
  const t = useT();
  const items = NAVIGATION[role].filter(({ to }) => mayOpen(role, to));
  const current = useCurrent(items.map(({ to }) => to));
  return (
    <nav aria-label={t("app.nav.label")}>
      <ul>
        {items.map(({ to, label }) => (
          <li key={to}>
            <PageLink to={to} aria-current={current(to)}>
              {t(label)}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Who views as a user signs nobody out: the banner has the way back. */
function Account({ name, isViewed }: { name: string; isViewed: boolean }) {
  const t = useT();
  const current = useCurrent([settingsPath()]);
  return (
    <ul>
      <li className="who">{name}</li>
      <li>
        <PageLink to={settingsPath()} aria-current={current(settingsPath())}>
          {t("app.nav.settings")}
        </PageLink>
      </li>
      {isViewed ? null : (
        <li>
          <PostForm action={logoutPath()} reloadDocument>
            <button type="submit">{t("app.nav.signOut")}</button>
          </PostForm>
        </li>
      )}
    </ul>
  );
}

/** Marks the most specific item the page lies under: /app/issues/new is not also /app/issues. */
function useCurrent(items: readonly string[]) {
  const { pathname } = useLocation();
  const [nearest] = items
    .filter((item) => `${pathname}/`.startsWith(`${item}/`))
    .sort((a, b) => b.length - a.length);
  return (item: string) => {
    if (item !== nearest) return undefined;
    return item === pathname ? "page" : "true";
  };
}
