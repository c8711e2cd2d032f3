import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { MoneyList } from "~/components/Money";
import { PostForm } from "~/components/PostForm";
import { money } from "~/domain/money";
import { otherRole } from "~/domain/person";
import { userPath } from "~/http/paths";
import { type PersonAnswer, refusedAs } from "~/http/person-answer";
import { useT } from "~/i18n/context";
import type { UserProfile } from "~/models/user-profile.server";

type Props = { person: UserProfile; isSelf: boolean; answer: PersonAnswer | undefined };

/** Role, and whether they may sign in at all. What that means is said before the button, money first. */
export function AccountCard({ person, isSelf, answer }: Props) {
  const t = useT();
  const refused = refusedAs(answer, "role", "deactivate", "reactivate");
  return (
    <Card title={t("people.access.title")}>
      <ErrorSummary errors={refused?.errors} />
      {isSelf ? (
        <p className="meta">{t("people.access.self")}</p>
      ) : (
        <div className="stack">
          {person.deactivatedAt ? <Reactivate person={person} /> : <Active person={person} />}
        </div>
      )}
    </Card>
  );
}

function Active({ person }: { person: UserProfile }) {
  const t = useT();
  const { id, role, balance } = person;
  const owed = balance.totals
    .filter(({ pending }) => pending > 0)
    .map(({ currency, pending }) => money(currency, pending));
  const { awaiting } = balance.issues;
  const to = otherRole(role);
  return (
    <>
      <PostForm action={userPath(id)}>
        <input type="hidden" name="role" value={to} />
        <Button name="intent" value="role">
          {t(`people.access.make.${to}`)}
        </Button>
        <p className="meta mt-1">{t(`people.access.makeHint.${to}`)}</p>
      </PostForm>
      <PostForm action={userPath(id)}>
        {owed.length > 0 ? (
          <p>{t.rich("people.access.owed", { amount: <MoneyList list={owed} /> })}</p>
        ) : null}
        {awaiting > 0 ? <p>{t("people.access.pending", { count: awaiting })}</p> : null}
        <p className="mt-2">
          <Button tone="danger" name="intent" value="deactivate">
            {t("people.access.deactivate")}
          </Button>
        </p>
        <p className="meta mt-1">{t("people.access.deactivateHint")}</p>
      </PostForm>
    </>
  );
}

function Reactivate({ person }: { person: UserProfile }) {
  const t = useT();
  return (
    <PostForm action={userPath(person.id)}>
      <Button tone="primary" name="intent" value="reactivate">
        {t("people.access.reactivate")}
      </Button>
      <p className="meta mt-1">{t("people.access.reactivateHint")}</p>
    </PostForm>
  );
}
