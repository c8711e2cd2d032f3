import type { Failed, Sent } from "~/components/triage/quick";
import type { DecisionAnswer } from "~/forms/decision-form";
import type { FieldValues } from "~/forms/parse-form";
import { triageDecisionPath } from "~/http/paths";
import type { IssueAhead } from "~/models/triage-page.server";

type Order = {
  readonly issue: { readonly id: number; readonly version: number; readonly title: string };
  readonly fields: URLSearchParams;
  readonly panel: DecisionAnswer["panel"];
  /** What the message says while it is under way, and after. */
  readonly text: string;
};

/** What is typed with a decision, should it come back. */
const TYPED = ["amountText", "note", "reason", "original", "duplicateOf"];

export type DeskState = {
  /** Issues that were loaded before they were chosen. */
  readonly ahead: ReadonlyMap<number, IssueAhead>;
  /** The version at which an issue was decided here: at that version it is no longer in the list. */
  readonly decided: ReadonlyMap<number, number>;
  readonly failed: ReadonlyMap<number, Failed & { readonly seen: boolean }>;
  readonly last: Sent | null;
};

export type Desk = ReturnType<typeof createDesk>;

/** Posts one decision: resolves to null when it was carried out, else to what stood in the way; rejects without one. */
export type PostDecision = (order: Order) => Promise<DecisionAnswer | null>;

/**
 * What the browser knows ahead of the server: issues loaded before they are chosen, and decisions under way. Each is
 * posted by itself; one that is not carried out puts its issue back, with its message and what was typed.
 */
export function createDesk(post: PostDecision, unsentText: string) {
  let state: DeskState = { ahead: new Map(), decided: new Map(), failed: new Map(), last: null };
  const listeners = new Set<() => void>();
  const underWay = new Map<number, Promise<boolean>>();

  function change(next: Partial<DeskState>): void {
    state = { ...state, ...next };
    listeners.forEach((listener) => listener());
  }

  async function carryOut(order: Order): Promise<boolean> {
    const { id, title } = order.issue;
    const answer = await post(order).catch(() => unsent(order, unsentText));
    underWay.delete(id);
    if (!answer) return true;
    const last = state.last?.issueId === id ? null : state.last;
    const failed = with_(state.failed, id, { title, answer, seen: false });
    change({ decided: without(state.decided, id), ahead: without(state.ahead, id), failed, last });
    return false;
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    keep(loaded: readonly IssueAhead[]): void {
      const ahead = new Map(state.ahead);
      for (const each of loaded) ahead.set(each.issue.id, each);
      change({ ahead });
    },
    send(order: Order): void {
      const { id, version } = order.issue;
      underWay.set(id, carryOut(order));
      change({
        decided: with_(state.decided, id, version),
        failed: without(state.failed, id),
        last: { issueId: id, text: order.text, version: version + 1 },
      });
    },
    /** Whether it was carried out, once that is known; null when nothing is under way. */
    settled: (issueId: number): Promise<boolean> | null => underWay.get(issueId) ?? null,
    /** Another message took the place of the last decision's. */
    forgetLast(): void {
      if (state.last) change({ last: null });
    },
    markSeen(issueId: number): void {
      const failed = state.failed.get(issueId);
      if (failed && !failed.seen)
        change({ failed: with_(state.failed, issueId, { ...failed, seen: true }) });
    },
  };
}

/** In the background; it arrives even when the page is left meanwhile. */
export async function postDecision({ fields }: Order): Promise<DecisionAnswer | null> {
  const response = await fetch(triageDecisionPath(), {
    method: "POST",
    body: fields,
    keepalive: true,
  });
  if (response.ok) return null;
  const { answer } = (await response.json()) as { answer?: DecisionAnswer };
  if (!answer) throw new Error(`answered with ${response.status}`);
  return answer;
}

/** Nobody knows whether it was carried out: to decide again is safe, since the form posts the version it saw. */
function unsent({ issue, panel, fields }: Order, form: string): DecisionAnswer {
  const values: FieldValues = Object.fromEntries(
    TYPED.flatMap((name) => (fields.get(name) ? [[name, fields.get(name) ?? ""]] : [])),
  );
  return { panel, issueId: issue.id, errors: { form }, values };
}

function with_<V>(map: ReadonlyMap<number, V>, id: number, value: V): Map<number, V> {
  return new Map(map).set(id, value);
}

function without<V>(map: ReadonlyMap<number, V>, id: number): Map<number, V> {
  const copy = new Map(map);
  copy.delete(id);
  return copy;
}
