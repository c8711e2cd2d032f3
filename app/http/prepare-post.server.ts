import { data } from "@remix-run/node";
import type { z } from "zod";
import type { LineChoice, PayChoice } from "~/domain/choice";
import { type ChoiceChange, type LineChange, Refusal } from "~/domain/refusal";
import type { prepareForm } from "~/forms/prepare-form";
import type { T } from "~/i18n/translator";
import { isOutage, isOutcomeUnknown } from "~/models/outage.server";
import { unavailable } from "./errors.server";
import { refusalStatus, refusalText } from "./refusal.server";

export type PreparePost = {
  readonly key: string;
  readonly lines: readonly LineChoice[];
  readonly choices: readonly PayChoice[];
};

/** What the form means: the button of one line stands for that line alone. */
export function preparePost({
  key,
  line,
  choice,
  only,
}: z.output<typeof prepareForm>): PreparePost {
  return only ? { key, lines: [only], choices: [] } : { key, lines: line, choices: choice };
}

/** The page after a refused prepare: what changed, and a form with what may be sent again under the same key. */
export type PrepareRefusal = {
  readonly text: string;
  readonly changed: {
    readonly changes: readonly ChoiceChange[];
    readonly lineChanges: readonly LineChange[];
    readonly again: PreparePost;
  } | null;
};

/** Answers 409, 422, 403 or 503 with a PrepareRefusal; throws what was neither refused nor an outage. */
export function prepareRefusal(error: unknown, post: PreparePost, t: T) {
  if (error instanceof Refusal) {
    const { reason } = error;
    const changed =
      reason.code === "choice_changed"
        ? {
            changes: reason.changes,
            lineChanges: reason.lineChanges,
            again: { key: post.key, lines: reason.validLines, choices: reason.validChoices },
          }
        : null;
    const body: PrepareRefusal = { text: refusalText(reason, t), changed };
    return data(body, { status: refusalStatus(reason) });
  }
  if (!isOutage(error)) throw error;
  const text = isOutcomeUnknown(error) ? t("payouts.unknownOutcome") : t("payouts.away");
  return unavailable<PrepareRefusal>({
    text,
    changed: { changes: [], lineChanges: [], again: post },
  });
}
