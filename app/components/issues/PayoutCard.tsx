import { Card } from "~/components/Card";
import { Money } from "~/components/Money";
import { MoneyStanding } from "~/components/MoneyStanding";
import { Notice } from "~/components/Notice";
import { PageLink } from "~/components/PageLink";
import { PayoutStatusBadge } from "~/components/PayoutStatusBadge";
import type { IssueAnswer } from "~/http/issue-answer";
import { batchPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";
import { ApprovedForms } from "./ApprovedForms";
import { cardIntents } from "./card-intents";
import { CardForm } from "./CardForm";
import { PaidForms } from "./PaidForms";
import { type DecisionFormsProps, PendingForms } from "./PendingForms";
import { RefusedEntry } from "./RefusedEntry";
import { Reopen } from "./ConfirmStatus";
import { SeverityForm } from "./SeverityForm";
import { StatusForm } from "./StatusForm";

type AdminPart = { viewerId: number; answer: IssueAnswer | undefined; payKey: string };

/** What the issue pays and where that money stands; for admins also everything they can decide about it. */
export function PayoutCard({ issue, admin }: { issue: IssueView; admin: AdminPart | null }) {
  const t = useT();
  return (
    <Card title={t("issues.payout")} actions={<PayoutStatusBadge status={issue.payoutStatus} />}>
      <div>
        <Amount issue={issue} />
        <p className="text-sm">
          <MoneyStanding standing={issue.standing} />
        </p>
      </div>
      {admin ? <AdminForms issue={issue} {...admin} /> : null}
    </Card>
  );
}

function Amount({ issue: { approved, suggested, payoutStatus } }: { issue: IssueView }) {
  const t = useT();
  if (approved) {
    return (
      <p className="text-xl font-semibold">
        {payoutStatus === "void" ? (
          <s>
            <Money money={approved} />
          </s>
        ) : (
          <Money money={approved} />
        )}
      </p>
    );
  }
  if (payoutStatus !== "pending" || !suggested) return null;
  return (
    <p className="text-xl font-semibold">
      <Money money={suggested} approximate />{" "}
      <span className="meta font-normal">{t("issues.suggested")}</span>
    </p>
  );
}

function AdminForms({ issue, viewerId, answer, payKey }: AdminPart & { issue: IssueView }) {
  const t = useT();
  const intents = cardIntents(issue, viewerId);
  // What was said about the issue is answered where it was said; correcting is offered with reversing.
  const elsewhere = intents.includes("reverse") ? ["comment", "correct"] : ["comment"];
  const offered: readonly string[] = [...intents, ...elsewhere];
  const isGone = answer && !offered.includes(answer.intent);
  const forms = { issue, intents, answer };
  return (
    <>
      {isGone ? <RefusedEntry answer={answer} /> : null}
      <Situation issue={issue} viewerId={viewerId} />
      <MoneyForms {...forms} payKey={payKey} />
      {intents.includes("undo") ? (
        <div className="border-t pt-4">
          <CardForm
            issue={issue}
            answer={answer}
            intent="undo"
            submit={t(
              issue.payoutStatus === "approved"
                ? "issues.card.undoApproval"
                : "issues.card.undoRejection",
            )}
          />
        </div>
      ) : null}
      {intents.includes("severity") ? <SeverityForm issue={issue} answer={answer} /> : null}
      {intents.includes("status") ? <Reopen issue={issue} answer={answer} /> : null}
      {intents.includes("status") ? <StatusForm issue={issue} answer={answer} /> : null}
    </>
  );
}

function MoneyForms({ payKey, ...forms }: DecisionFormsProps & { payKey: string }) {
  const { payoutStatus, approved } = forms.issue;
  if (payoutStatus === "pending") return <PendingForms {...forms} />;
  if (!approved) return null;
  if (payoutStatus === "approved")
    return <ApprovedForms {...forms} approved={approved} payKey={payKey} />;
  return payoutStatus === "paid" ? <PaidForms {...forms} approved={approved} /> : null;
}

/** Why some of the forms are missing. */
function Situation({ issue, viewerId }: { issue: IssueView; viewerId: number }) {
  const t = useT();
  const { heldIn, payoutStatus, tester } = issue;
  if (heldIn !== null) {
    const link = (
      <PageLink to={batchPath(heldIn)}>{t("issues.card.batch", { id: String(heldIn) })}</PageLink>
    );
    return <Notice tone="warning">{t.rich("issues.card.held", { batch: link })}</Notice>;
  }
  if (payoutStatus === "void") return <p className="hint">{t("issues.card.final")}</p>;
  const moneyWaits = payoutStatus !== "rejected";
  return tester.id === viewerId && moneyWaits ? (
    <p className="hint">{t("issues.card.own")}</p>
  ) : null;
}
