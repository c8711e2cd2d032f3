import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import { When } from "~/components/When";
import { userPath } from "~/http/paths";
import { type PersonAnswer, refusedAs } from "~/http/person-answer";
import { useT } from "~/i18n/context";
import type { UserProfile } from "~/models/user-profile.server";

type Props = { person: UserProfile; answer: PersonAnswer | undefined };

/** Read-only through their eyes, for a reason, and never unseen: the log of it stands below. */
export function ViewAsCard({ person, answer }: Props) {
  const t = useT();
  const refused = refusedAs(answer, "viewAs");
  const { id, name, views, deactivatedAt } = person;
  return (
    <Card title={t("people.viewAs.title", { name })}>
      {deactivatedAt ? (
        <p className="meta">{t("people.viewAs.refused.deactivated")}</p>
      ) : (
        <>
          <p className="meta">{t("people.viewAs.lead")}</p>
          <PostForm action={userPath(id)} className="stack mt-3 max-w-144" reloadDocument>
            <ErrorSummary
              errors={refused?.errors}
              labels={{ reason: t("people.viewAs.reason") }}
              idPrefix="view"
            />
            <Field
              name="reason"
              label={t("people.viewAs.reason")}
              hint={t("people.viewAs.reasonHint")}
              maxLength={500}
              autoComplete="off"
              defaultValue={refused?.values.reason}
              error={refused?.errors.reason}
              idPrefix="view"
            />
            <Button name="intent" value="viewAs">
              {t("people.viewAs.submit")}
            </Button>
          </PostForm>
        </>
      )}
      {views.length > 0 ? <PastViews views={views} /> : null}
    </Card>
  );
}

function PastViews({ views }: Pick<UserProfile, "views">) {
  const t = useT();
  return (
    <details className="mt-3">
      <summary>{t("people.viewAs.past")}</summary>
      <ul className="rows mt-2">
        {views.map(({ id, at, by, reason }) => (
          <li key={id}>
            {t.rich("people.viewAs.pastLine", {
              ...{ when: <When value={at} as="dateTime" />, name: by.name, reason },
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}
