import {
  useFetcher,
  useNavigate,
  useNavigation,
  useRevalidator,
  useSubmit,
} from "@remix-run/react";
import { type FormEvent, useEffect, useState, useSyncExternalStore } from "react";
import { decisionText } from "~/components/triage/decision-text";
import type { Quick } from "~/components/triage/quick";
import type { TriageData } from "~/components/triage/TriageView";
import { parseTriageFilter, type TriageFilter, triageHref } from "~/filters/triage-filter";
import type { DecisionAnswer } from "~/forms/decision-form";
import { triageAheadPath, triagePath } from "~/http/paths";
import { useRootData } from "~/http/root-data";
import { useT } from "~/i18n/context";
import type { IssueAhead } from "~/models/triage-page.server";
import { quickDecision } from "./quick-decision";
import { type QuickPage, quickPage, wantedAhead } from "./quick-page";
import { createDesk, type Desk, postDecision } from "./triage-desk";

type Submit = FormEvent<HTMLFormElement>;

/**
 * Felt at once: a decision is posted in the background while the next issue, loaded ahead, is already shown. The URL
 * and the list follow by the router's own navigation, whose destination is shown as soon as it is known.
 */
export function useTriageDesk(loaded: TriageData, posted: DecisionAnswer | undefined) {
  const t = useT();
  const [desk] = useState(() => createDesk(postDecision, t("triage.failed.unsent")));
  const state = useSyncExternalStore(desk.subscribe, desk.state, desk.state);
  const quick = quickPage(loaded, state, useGoing(loaded.filter));
  const { page, coming } = quick;
  const shownId = page.selected?.id ?? null;
  useAhead(desk, quick);
  useHousekeeping(desk, shownId, state.failed.size);
  const failed = shownId === null ? undefined : state.failed.get(shownId);
  const handlers = useHandlers(desk, page);
  const shown: Quick = {
    ...handlers,
    last: state.last,
    failed: [...state.failed.values()].filter(
      ({ seen, answer }) => !seen && answer.issueId !== shownId,
    ),
    coming,
  };
  return { page, quick: shown, answer: failed?.answer ?? posted };
}

/** The issue that a navigation within the same filters leads to. */
function useGoing(filter: TriageFilter): number | null {
  const { state, location } = useNavigation();
  if (state !== "loading" || location.pathname !== triagePath()) return null;
  const to = parseTriageFilter(new URLSearchParams(location.search));
  const isSameList =
    to.cycleId === filter.cycleId && to.severity === filter.severity && to.q === filter.q;
  return isSameList ? to.issueId : null;
}

function useAhead(desk: Desk, quick: QuickPage): void {
  const fetcher = useFetcher<{ ahead: IssueAhead[] }>();
  const { data, state, load } = fetcher;
  const [asked] = useState(() => new Set<string>());
  useEffect(() => {
    if (data) desk.keep(data.ahead);
  }, [data, desk]);
  const wanted = wantedAhead(quick, desk.state()).join(",");
  useEffect(() => {
    // What did not come the first time is not there.
    if (state !== "idle" || wanted === "" || asked.has(wanted)) return;
    asked.add(wanted);
    load(triageAheadPath({ ids: wanted }));
  }, [state, wanted, load, asked]);
}

function useHousekeeping(desk: Desk, shownId: number | null, failures: number): void {
  const flash = useRootData()?.flash;
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (flash) desk.forgetLast();
  }, [flash, desk]);
  useEffect(() => {
    if (shownId !== null) desk.markSeen(shownId);
  }, [shownId, desk]);
  useEffect(() => {
    // An issue that came back may be someone else's decision by now.
    if (failures > 0) revalidate();
  }, [failures, revalidate]);
}

function useHandlers(
  desk: Desk,
  page: TriageData,
): Pick<Quick, "onDecide" | "onUndo" | "onDismiss"> {
  const t = useT();
  const navigate = useNavigate();
  const submit = useSubmit();
  return {
    onDecide(event) {
      const form = postedBy(event);
      const { selected, nextId, filter } = page;
      const decision = selected && nextId !== null ? quickDecision(form, selected) : null;
      if (!selected || !decision) return;
      event.preventDefault();
      const text = decisionText(decision.said, selected, t);
      desk.send({ issue: selected, panel: decision.panel, fields: fieldsOf(form), text });
      const after = selected.id === page.issues.at(-1)?.id && page.next ? page.next : filter.after;
      void navigate(triageHref({ ...filter, issueId: nextId, after }), {
        flushSync: true,
        preventScrollReset: true,
      });
    },
    onUndo(event) {
      const form = postedBy(event);
      const settled = desk.settled(Number(form.get("issueId")));
      if (!settled) return;
      event.preventDefault();
      const action = event.currentTarget.action;
      void settled.then((isDone) => isDone && submit(form, { method: "post", action }));
    },
    onDismiss: (issueId) => desk.markSeen(issueId),
  };
}

function postedBy({ currentTarget, nativeEvent }: Submit): FormData {
  const { submitter } = nativeEvent as SubmitEvent;
  return new FormData(currentTarget, submitter);
}

function fieldsOf(form: FormData): URLSearchParams {
  const fields = [...form].filter(
    (field): field is [string, string] => typeof field[1] === "string",
  );
  return new URLSearchParams(fields);
}
