import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { PostForm } from "~/components/PostForm";
import { userPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { UserProfile } from "~/models/user-profile.server";
import { SessionList } from "./SessionList";

type Props = { person: UserProfile; currentId: number | null };

export function SessionsCard({ person, currentId }: Props) {
  const t = useT();
  const action = userPath(person.id);
  const others = person.sessions.filter(({ id }) => id !== currentId);
  return (
    <Card title={t("people.sessions.title")}>
      <SessionList sessions={person.sessions} currentId={currentId} action={action} />
      {others.length > 1 ? (
        <PostForm action={action} className="mt-3">
          <Button name="intent" value="revokeAll">
            {t(currentId === null ? "people.sessions.revokeAll" : "people.sessions.revokeOthers")}
          </Button>
        </PostForm>
      ) : null}
    </Card>
  );
}
