import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { PostForm } from "~/components/PostForm";
import { When } from "~/components/When";
import { ibanInGroups, PAYEE_FIELDS, phoneInGroups } from "~/domain/payee";
import { settingsPath } from "~/http/paths";
import type { SettingsAnswer } from "~/http/settings-answer";
import { useT } from "~/i18n/context";
import type { PayeeChange, PayeeNow } from "~/models/payee.server";
import { PayeeChanges } from "./PayeeChanges";

type Props = {
  viewer: { id: number; name: string };
  payee: PayeeNow;
  /** Newest first. */
  changes: readonly PayeeChange[];
  answer: SettingsAnswer | undefined;
};

/** Where one's wages are sent. Who changed it last, and when, stands beside it: nobody should do that unseen. */
export function PayeeSection({ viewer, payee, changes, answer }: Props) {
  const t = useT();
  const { kaspiPhone, iban, changedAt } = payee;
  return (
    <Card title={t("settings.payee.title")}>
      <p className="meta">{t("settings.payee.lead")}</p>
      {payee.paymentUnderWay ? <Notice>{t("settings.payee.underWay")}</Notice> : null}
      {kaspiPhone === null && iban === null ? (
        <Notice tone="warning">{t("settings.payee.missing")}</Notice>
      ) : null}
      <ErrorSummary
        errors={answer?.errors}
        labels={Object.fromEntries(PAYEE_FIELDS.map((name) => [name, t(`settings.payee.${name}`)]))}
      />
      <PostForm action={settingsPath()} className="stack">
        <input type="hidden" name="shownAt" value={changedAt?.getTime() ?? ""} />
        <PayeeFields viewer={viewer} payee={payee} answer={answer} />
        <div className="row">
          <Button tone="primary" name="intent" value="payee">
            {t("settings.payee.save")}
          </Button>
          <span className="meta">
            <LastChange viewer={viewer} payee={payee} />
          </span>
        </div>
      </PostForm>
      <PayeeChanges viewerId={viewer.id} changes={changes} />
    </Card>
  );
}

function PayeeFields({ viewer, payee, answer }: Omit<Props, "changes">) {
  const t = useT();
  const { kaspiPhone, iban, payeeName } = payee;
  const saved = {
    payeeName: payeeName ?? "",
    kaspiPhone: kaspiPhone === null ? "" : phoneInGroups(kaspiPhone),
    iban: iban === null ? "" : ibanInGroups(iban),
  };
  const field = (name: keyof typeof saved) => ({
    name,
    label: t(`settings.payee.${name}`),
    optional: true,
    defaultValue: answer?.values[name] ?? saved[name],
    error: answer?.errors[name],
    autoComplete: "off",
  });
  return (
    <>
      <Field
        {...field("kaspiPhone")}
        type="tel"
        inputMode="tel"
        hint={t("settings.payee.kaspiPhoneHint")}
      />
      <Field {...field("iban")} hint={t("settings.payee.ibanHint")} spellCheck={false} />
      <Field
        {...field("payeeName")}
        hint={t("settings.payee.payeeNameHint", { name: viewer.name })}
      />
    </>
  );
}

function LastChange({ viewer, payee }: Pick<Props, "viewer" | "payee">) {
  const t = useT();
  const { changedAt, changedBy } = payee;
  if (changedAt === null || changedBy === null) return t("settings.payee.neverChanged");
  const when = <When value={changedAt} as="dateTime" />;
  return changedBy.id === viewer.id
    ? t.rich("settings.payee.changedByYou", { when })
    : t.rich("settings.payee.changedBy", { when, name: changedBy.name });
}
