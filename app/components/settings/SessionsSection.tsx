import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { PostForm } from "~/components/PostForm";
import { SessionList } from "~/components/people/SessionList";
import { settingsPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { OwnSession } from "~/models/user-session.server";

type Props = { sessions: readonly OwnSession[]; currentId: number };

/** Where one is signed in; what looks strange is ended here. */
export function SessionsSection({ sessions, currentId }: Props) {
  const t = useT();
  return (
    <Card title={t("people.sessions.title")}>
      <SessionList sessions={sessions} currentId={currentId} action={settingsPath()} />
      {sessions.some(({ id }) => id !== currentId) ? (
        <PostForm action={settingsPath()} className="mt-3">
          <Button name="intent" value="revokeOthers">
            {t("people.sessions.revokeOthers")}
          </Button>
        </PostForm>
      ) : null}
    </Card>
  );
}
