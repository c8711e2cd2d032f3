import type { ReactNode } from "react";
import { Button, type ButtonProps } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { PostForm } from "~/components/PostForm";
import type { CardIntent } from "~/forms/payout-card-form";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import type { IssueAnswer } from "~/http/issue-answer";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** The issue as the page shows it, and what the last post of one of its forms was answered with. */
export type CardState = {
  issue: { id: number; version: number };
  answer: IssueAnswer | undefined;
};

type Typed = { values: FieldValues; errors: FieldErrors; idPrefix: string };

type CardFormProps = CardState & {
  /** `correct` mends what is recorded of the transfer; all others decide about this issue. */
  intent: CardIntent | "correct";
  submit: string;
  tone?: ButtonProps["tone"];
  /** Where two forms of one intent stand on the page. */
  idPrefix?: string;
  children?: (typed: Typed) => ReactNode;
};

/** One decision. Posts the version it was made on, so that a newer one is noticed instead of overwritten. */
export function CardForm({ intent, submit, tone, issue, answer, ...form }: CardFormProps) {
  const { values = {}, errors = {} } = answer?.intent === intent ? answer : {};
  const { idPrefix = `card-${intent}`, children } = form;
  const t = useT();
  return (
    <PostForm action={issuePath(issue.id)} className="grid gap-4">
      <ErrorSummary
        errors={errors}
        idPrefix={idPrefix}
        title={errors.form ? t("issues.refused") : undefined}
      />
      <input type="hidden" name="version" value={issue.version} />
      {children?.({ values, errors, idPrefix })}
      <div>
        <Button name="intent" value={intent} tone={tone}>
          {submit}
        </Button>
      </div>
    </PostForm>
  );
}

type FoldedFormProps = CardFormProps & {
  title: string;
  /** What it does, said before it is done. */
  hint?: ReactNode;
  /** From the beginning, because there is nothing simpler to press. */
  open?: boolean;
};

/** A decision that asks for something: folded until it is wanted, or until it was refused. */
export function FoldedForm({ title, hint, open = false, ...form }: FoldedFormProps) {
  return (
    <details open={open || form.answer?.intent === form.intent} className="border-t pt-3">
      <summary className="font-medium">{title}</summary>
      <div className="mt-3 grid gap-4">
        {hint ? <p className="hint">{hint}</p> : null}
        <CardForm {...form} />
      </div>
    </details>
  );
}
