import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { ErrorPage, errorTitle } from "~/components/ErrorPage";
import { FlashRegion } from "~/components/FlashRegion";
import { SignInAgain } from "~/components/SignInAgain";
import { SiteHeader } from "~/components/SiteHeader";
import { ViewAsBanner } from "~/components/ViewAsBanner";
import { keptFormOf } from "~/http/kept-form";
import { usePageHandle } from "~/http/page-handle";
import { useRequestFacts } from "~/http/request-facts";
import { loadRootData } from "~/http/root-data.server";
import { useLocale, useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import stylesheet from "~/styles/app.css?url";

export function loader({ request, context }: LoaderFunctionArgs) {
  return loadRootData(request, context);
}

export const links: LinksFunction = () => [
  { rel: "icon", href: ICON },
  { rel: "stylesheet", href: stylesheet },
];

/** Only for pages without a title of their own, which are the error pages. */
export const meta: MetaFunction = ({ error, matches }) =>
  error ? pageTitle(matches, (t) => errorTitle(t, statusOf(error))) : [{ title: "tiyn" }];

export default function App() {
  return <Outlet />;
}

export function Layout({ children }: { children: ReactNode }) {
  const { scripts = false, wide = false, ownFlash = false } = usePageHandle();
  const { nonce } = useRequestFacts();
  const t = useT();
  return (
    <html lang={useLocale()} className={wide ? "wide" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body>
        <a className="skip btn" href="#main">
          {t("app.skip")}
        </a>
        <ViewAsBanner />
        <SiteHeader />
        <main id="main" tabIndex={-1} className="page">
          {ownFlash ? null : <FlashRegion />}
          <div className="stack">{children}</div>
        </main>
        <div id="whole" hidden />
        {scripts ? (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        ) : null}
      </body>
    </html>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const facts = useRequestFacts();
  const data: unknown = isRouteErrorResponse(error) ? error.data : null;
  const kept = statusOf(error) === 401 ? keptFormOf(data) : null;
  if (kept) return <SignInAgain kept={kept} />;
  return (
    <ErrorPage
      status={statusOf(error)}
      title={textOf(data, "title")}
      message={textOf(data, "message")}
      requestId={textOf(data, "requestId") ?? facts.requestId}
    />
  );
}

function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500;
}

/** Error data is whatever was thrown: only a text under a known name is ever shown. */
function textOf(data: unknown, name: string): string | null {
  const value: unknown = data && typeof data === "object" ? Reflect.get(data, name) : null;
  return typeof value === "string" && value !== "" ? value : null;
}

/** A ₸, as a data: URI so that it costs no request (the policy allows `img-src data:` for it). */
const ICON =
  "data:image/svg+xml," +
  "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Crect width='16' height='16' rx='3' fill='%230a627d'/%3E" +
  "%3Cpath d='M4 4.5h8M4 7.5h8M8 7.5v5' stroke='%23fff' stroke-width='1.6'/%3E%3C/svg%3E";
