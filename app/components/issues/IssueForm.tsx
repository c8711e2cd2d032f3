import type { ReactNode } from "react";
import { Button } from "~/components/Button";
import { DescriptionList } from "~/components/DescriptionList";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field, RadioGroup, Select, TextArea } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { PostForm } from "~/components/PostForm";
import { sameMoney } from "~/domain/money";
import { SEVERITIES, type Severity } from "~/domain/severity";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import type { SimilarOffer } from "~/http/issue-answer";
import { useFormat, useT } from "~/i18n/context";
import type { FilingCycle } from "~/models/filing-cycles.server";
import { payFor, rateGroups } from "./cycle-rates";
import { type KeptScreenshotsProps, ScreenshotFields } from "./ScreenshotFields";
import { SimilarIssues } from "./SimilarIssues";

type IssueFormProps = {
  action: string;
  cycles: readonly FilingCycle[];
  values: FieldValues;
  errors?: FieldErrors | undefined;
  similar?: SimilarOffer | null | undefined;
  /** The issue that exists already, and the screenshots in it. */
  kept?: KeptScreenshotsProps;
  note?: string;
  /** The intents of its two buttons. */
  submit: "file" | "submit";
  save: "draft" | "save";
  hidden?: ReactNode;
};

/** Everything that filing asks for: on the new page and on that of a draft. */
export function IssueForm({ cycles, values, errors = {}, similar, kept, ...form }: IssueFormProps) {
  const t = useT();
  const payHint = usePayHint(cycles);
  return (
    <PostForm action={form.action} encType="multipart/form-data" className="stack max-w-144">
      <ErrorSummary errors={errors} />
      {similar ? <SimilarIssues offer={similar} /> : null}
      {form.note ? <Notice>{form.note}</Notice> : null}
      {form.hidden}
      <CycleSelect cycles={cycles} value={values.cycleId} error={errors.cycleId} />
      <RadioGroup
        name="severity"
        label={t("issues.severity")}
        hint={t("issues.severity.help")}
        options={SEVERITIES.map((severity) => ({
          value: severity,
          label: t(`words.severity.${severity}`),
          hint: payHint(severity),
        }))}
        defaultValue={values.severity}
        error={errors.severity}
      />
      <TextFields values={values} errors={errors} />
      <ScreenshotFields kept={kept} error={errors.screenshots} enter={form.submit} />
      <div className="row">
        <Button tone="primary" name="intent" value={form.submit}>
          {t(similar ? "issueTalk.similar.fileAnyway" : "issues.file")}
        </Button>
        <Button name="intent" value={form.save}>
          {t("issues.saveDraft")}
        </Button>
      </div>
    </PostForm>
  );
}

/** Title and description, which is all that can be edited of an issue that is filed. */
export function TextFields({ values, errors }: { values: FieldValues; errors: FieldErrors }) {
  const t = useT();
  return (
    <>
      <Field
        name="title"
        label={t("issues.titleField")}
        hint={t("issues.title.hint")}
        // On a phone's keyboard: on to the description, instead of sending what is not finished.
        enterKeyHint="next"
        defaultValue={values.title}
        error={errors.title}
      />
      <TextArea
        name="body"
        label={t("issues.body")}
        hint={t("issues.body.hint")}
        optional
        rows={12}
        defaultValue={values.body}
        error={errors.body}
      />
    </>
  );
}

type CycleSelectProps = {
  cycles: readonly FilingCycle[];
  value: string | undefined;
  error: string | undefined;
};

function CycleSelect({ cycles, value, error }: CycleSelectProps) {
  const t = useT();
  const options = cycles.map(({ id, name, takesIssues }) => ({
    value: String(id),
    label: takesIssues ? name : t("issues.cycle.closed", { name }),
  }));
  const choose = { value: "", label: t("issues.cycle.choose") };
  return (
    <div>
      <Select
        name="cycleId"
        label={t("issues.cycle")}
        options={cycles.length === 1 ? options : [choose, ...options]}
        defaultValue={value}
        error={error}
      />
      <RatesByCycle cycles={cycles} />
    </div>
  );
}

/** Without scripts the choice of a cycle cannot change the hints below, so what each one pays is one tap away. */
function RatesByCycle({ cycles }: { cycles: readonly FilingCycle[] }) {
  const t = useT();
  const { money } = useFormat();
  const groups = rateGroups(cycles);
  if (groups.length < 2) return null;
  const items = groups.map(({ names, rates }) => {
    const pays = rates.map(({ severity, pays }) => {
      const word = t(`words.severity.${severity}`);
      return pays
        ? t("issues.rates.one", { severity: word, amount: money(pays) })
        : t("issues.rates.none", { severity: word });
    });
    return [names.join(", "), pays.join(" · ")] as const;
  });
  return (
    <details className="mt-2 max-w-144 text-sm">
      <summary className="py-1 text-accent">{t("issues.rates")}</summary>
      <DescriptionList items={items} />
    </details>
  );
}

/** "Pays ₸ 15,000", or the least and the most where the cycles differ. */
function usePayHint(cycles: readonly FilingCycle[]): (severity: Severity) => string {
  const t = useT();
  const { money } = useFormat();
  return (severity) => {
    const { ranges, fixed } = payFor(severity, cycles);
    const [amounts, ...others] = ranges.map(({ least, most }) =>
      sameMoney(least, most)
        ? money(least)
        : t("issues.severity.to", { least: money(least), most: money(most) }),
    );
    if (amounts === undefined) return t("issues.severity.noRate");
    if (fixed) return t("issues.severity.pays", { amount: amounts });
    return t("issues.severity.range", {
      amounts: others.reduce((some, other) => t("issues.severity.or", { some, other }), amounts),
    });
  };
}
