import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { Field, RadioGroup } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import { CYCLE_STATUSES } from "~/forms/cycle-form";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import { cycleSettingsPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { Cycle } from "~/models/cycle.server";

type Answer = { errors: FieldErrors; values: FieldValues } | undefined;

export function CycleNameForm({ cycle, answer }: { cycle: Cycle; answer: Answer }) {
  const t = useT();
  return (
    <Card title={t("cycles.settings.name")}>
      <PostForm action={cycleSettingsPath(cycle.id)} className="flex flex-wrap items-end gap-2">
        <input type="hidden" name="shown" value={cycle.name} />
        <div className="flex-1 min-w-48 max-w-144">
          <Field
            name="name"
            label={t("cycles.name")}
            defaultValue={answer?.values.name ?? cycle.name}
            error={answer?.errors.name}
          />
        </div>
        <Button name="intent" value="rename">
          {t("cycles.settings.rename")}
        </Button>
      </PostForm>
    </Card>
  );
}

/** What each status means stands beside it, before anything happens. */
export function CycleStatusForm({ cycle, answer }: { cycle: Cycle; answer: Answer }) {
  const t = useT();
  return (
    <Card title={t("cycles.settings.status")}>
      <PostForm action={cycleSettingsPath(cycle.id)} className="stack">
        <input type="hidden" name="shown" value={cycle.status} />
        <RadioGroup
          name="status"
          label={t("cycles.status")}
          labelHidden
          options={CYCLE_STATUSES.map((value) => ({
            value,
            label: t(`words.cycle.${value}`),
            hint: t(`cycles.settings.${value}`),
          }))}
          defaultValue={answer?.values.status ?? cycle.status}
          error={answer?.errors.status}
        />
        <div>
          <Button name="intent" value="status">
            {t("cycles.settings.saveStatus")}
          </Button>
        </div>
      </PostForm>
    </Card>
  );
}
