import { useRouteLoaderData } from "@remix-run/react";
import type { IsoDate } from "~/domain/team-date";
import type { Locale } from "~/i18n/locale";

/** What every page knows: the root loader's answer. */
export type RootData = {
  locale: Locale;
  /** The team's time zone, TEAM_TIME_ZONE. */
  timeZone: string;
  /** Today in that zone; decides whether a date is written with its year. */
  today: IsoDate;
  /** Bound to the session; every form posts it as `csrf`. */
  formToken: string;
  user: {
    id: number;
    name: string;
    role: "tester" | "admin";
    hotkeys: boolean;
    /** The admin who views as this user, and for how long still. */
    viewedBy?: { name: string; until: Date };
  } | null;
  flash: Flash | null;
};

/** A message shown once, on the page after a form; the action is a form too, such as Undo. */
export type Flash = {
  tone: "info" | "success" | "warning" | "error";
  text: string;
  action?: { url: string; label: string; fields?: Record<string, string>; kbd?: string };
};

/** Undefined on pages rendered without the root loader: an unknown URL, or that loader failed. */
export function useRootData(): RootData | undefined {
  return useRouteLoaderData<RootData>("root");
}
