import { ButtonLink } from "~/components/Button";
import { isNegativeClosing } from "~/domain/issue-status";
import type { IssueAnswer, StatusEffect } from "~/http/issue-answer";
import { issuePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";
import { CardForm, FoldedForm } from "./CardForm";
import { type DecisionFormsProps, NoteField } from "./PendingForms";

type ConfirmStatusProps = { issue: IssueView; answer: IssueAnswer; effect: StatusEffect };

/** The second step of a status that moves money: what it does, and only then the button that does it. */
export function ConfirmStatus({ issue, answer, effect }: ConfirmStatusProps) {
  const t = useT();
  const status = t(`words.status.${effect.to}`);
  const said = useEffectText(issue, effect);
  return (
    <section className="border-t pt-3 grid gap-3" aria-labelledby="confirm-status">
      <h3 id="confirm-status" tabIndex={-1} autoFocus>
        {t("issueTalk.confirm.title")}
      </h3>
      <p>{said}</p>
      <CardForm
        issue={issue}
        answer={answer}
        intent="status"
        tone="danger"
        submit={t("issueTalk.confirm.submit", { status })}
      >
        {({ values, errors, idPrefix }) => (
          <>
            <input type="hidden" name="to" value={effect.to} />
            <input type="hidden" name="confirmed" value={effect.to} />
            <NoteField values={values} errors={errors} idPrefix={idPrefix} />
          </>
        )}
      </CardForm>
      <div>
        <ButtonLink to={issuePath(issue.id)}>{t("app.cancel")}</ButtonLink>
      </div>
    </section>
  );
}

function useEffectText({ approved, suggested }: IssueView, { to, payout }: StatusEffect): string {
  const t = useT();
  const { money } = useFormat();
  const status = t(`words.status.${to}`);
  if (payout === "pending") return t("issueTalk.confirm.reopens", { status });
  if (approved) return t("issueTalk.confirm.withdraws", { status, amount: money(approved) });
  return suggested
    ? t("issueTalk.confirm.rejects", { status, amount: money(suggested) })
    : t("issueTalk.confirm.rejectsPlain", { status });
}

/** An issue that was closed as earning nothing: back to where it can be decided anew. */
export function Reopen({ issue, answer }: Omit<DecisionFormsProps, "intents">) {
  const t = useT();
  if (issue.payoutStatus !== "rejected" || !isNegativeClosing(issue.status)) return null;
  // The answer to the other form of that intent is shown there.
  const own = answer?.confirm ? undefined : answer;
  return (
    <FoldedForm
      issue={issue}
      answer={own?.values.to === "open" ? own : undefined}
      intent="status"
      title={t("issueTalk.reopen.title")}
      hint={t("issueTalk.reopen.hint")}
      submit={t("issueTalk.reopen.submit")}
      idPrefix="card-reopen"
    >
      {({ values, errors, idPrefix }) => (
        <>
          <input type="hidden" name="to" value="open" />
          <input type="hidden" name="confirmed" value="open" />
          <NoteField values={values} errors={errors} idPrefix={idPrefix} />
        </>
      )}
    </FoldedForm>
  );
}
