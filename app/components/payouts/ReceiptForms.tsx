import type { ReactNode } from "react";
import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { PostForm } from "~/components/PostForm";
import type { ReceiptIntent, ReceiptRefusal } from "~/http/receipt-post.server";
import { batchPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { TransferView } from "~/models/batch-view.server";
import { CorrectionFields } from "./CorrectionFields";
import { PaidIssues } from "./PaidIssues";
import { PaymentsChanged } from "./PaymentsChanged";
import { TakeBackFields } from "./TakeBackFields";

type Props = { batchId: number; transfer: TransferView; refused: ReceiptRefusal | undefined };

/** A paid transfer, opened: its issues with their payments, and what can be mended about it. */
export function ReceiptForms({ batchId, transfer, refused }: Props) {
  const t = useT();
  const form = { batchId, transfer, refused };
  const correction = of("correct", refused);
  const { standing } = transfer;
  if (!standing) return null;
  return (
    <div className="stack print:hidden">
      {refused && refused.changes.length > 0 ? <PaymentsChanged changes={refused.changes} /> : null}
      <PaidIssues transfer={transfer} />
      <div className="forms-in-line">
        {standing.live > 0 ? (
          <ReceiptForm
            {...form}
            intent="take_back"
            title={t("batch.takeBack")}
            hint={t("batch.takeBackHint")}
            submit={t("batch.takeBackSubmit")}
          >
            <TakeBackFields transfer={transfer} refused={of("take_back", refused)} />
          </ReceiptForm>
        ) : null}
        <ReceiptForm
          {...form}
          intent="correct"
          title={t("batch.correct")}
          hint={t("batch.correctHint")}
          submit={t("batch.correctSubmit")}
        >
          <CorrectionFields
            sent={standing}
            errors={correction?.errors}
            values={correction?.values}
            idPrefix="receipt-correct"
          />
        </ReceiptForm>
      </div>
    </div>
  );
}

function of(intent: ReceiptIntent, refused: ReceiptRefusal | undefined) {
  return refused?.intent === intent ? refused : undefined;
}

type ReceiptFormProps = Props & {
  intent: ReceiptIntent;
  title: string;
  hint: string;
  submit: string;
  children: ReactNode;
};

function ReceiptForm({ intent, title, hint, submit, children, ...props }: ReceiptFormProps) {
  const { batchId, transfer, refused } = props;
  const t = useT();
  const mine = of(intent, refused);
  return (
    <details open={mine !== undefined} className="card">
      <summary className="font-medium">{title}</summary>
      <PostForm action={batchPath(batchId, { open: transfer.id })} className="grid gap-4">
        <p className="hint">{hint}</p>
        <ErrorSummary
          errors={mine?.errors}
          idPrefix={`receipt-${intent}`}
          title={mine?.errors.form ? t("issues.refused") : undefined}
        />
        <input type="hidden" name="transfer" value={transfer.id} />
        {children}
        <div>
          <Button name="intent" value={intent} tone={intent === "take_back" ? "danger" : undefined}>
            {submit}
          </Button>
        </div>
      </PostForm>
    </details>
  );
}
