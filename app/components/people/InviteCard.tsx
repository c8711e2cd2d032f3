import { useRef } from "react";
import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { CopyButton } from "~/components/CopyButton";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { PostForm } from "~/components/PostForm";
import { When } from "~/components/When";
import { userPath } from "~/http/paths";
import { type PersonAnswer, refusedAs } from "~/http/person-answer";
import { useT } from "~/i18n/context";
import type { UserProfile } from "~/models/user-profile.server";

type Props = { person: UserProfile; answer: PersonAnswer | undefined };

/** The one-time link with which they set their password: handed over by copy, shown once. */
export function InviteCard({ person, answer }: Props) {
  const t = useT();
  const { id, hasPassword, invite, deactivatedAt } = person;
  const made = answer && "link" in answer ? answer : null;
  if (deactivatedAt) {
    return (
      <Card title={t("people.invite.title")}>
        <p className="meta">{t("people.invite.deactivated")}</p>
      </Card>
    );
  }
  const create = hasPassword ? "people.invite.createPassword" : "people.invite.create";
  return (
    <Card title={t("people.invite.title")}>
      <p className="meta">{t(hasPassword ? "people.invite.newPassword" : "people.invite.none")}</p>
      <ErrorSummary errors={refusedAs(answer, "invite")?.errors} />
      {made ? <NewLink link={made.link} expiresAt={made.expiresAt} name={person.name} /> : null}
      {invite && !made ? (
        <p className="mt-2">
          {t.rich("people.invite.open", { when: <When value={invite.expiresAt} as="dateTime" /> })}
        </p>
      ) : null}
      <PostForm action={userPath(id)} className="mt-3">
        <Button tone={made ? "quiet" : "primary"} name="intent" value="invite">
          {t(made || invite ? "people.invite.again" : create)}
        </Button>
      </PostForm>
    </Card>
  );
}

type NewLinkProps = { link: string; expiresAt: Date; name: string };

function NewLink({ link, expiresAt, name }: NewLinkProps) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  return (
    <div className="mt-3" ref={box}>
      <Notice tone="success">{t("people.invite.ready")}</Notice>
      <div className="mt-3">
        <Field
          name="link"
          label={t("people.invite.link")}
          hint={t.rich("people.invite.lasts", { when: <When value={expiresAt} as="dateTime" /> })}
          defaultValue={link}
          readOnly
          autoComplete="off"
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <p className="copy-place mt-2">
        <CopyButton
          text={link}
          what={t("people.invite.link")}
          name={name}
          select={() => box.current?.querySelector("input")?.select()}
        />
      </p>
    </div>
  );
}
