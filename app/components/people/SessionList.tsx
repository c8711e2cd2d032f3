import { Button } from "~/components/Button";
import { PostForm } from "~/components/PostForm";
import { When } from "~/components/When";
import { deviceOf } from "~/domain/device-name";
import { useT } from "~/i18n/context";
import type { OwnSession } from "~/models/user-session.server";

type Props = {
  sessions: readonly OwnSession[];
  /** The session that this page is opened in; it is ended by signing out. */
  currentId: number | null;
  /** Where the forms are posted. */
  action: string;
};

/** Where somebody is signed in, each with a button that ends it. */
export function SessionList({ sessions, currentId, action }: Props) {
  const t = useT();
  const deviceText = useDeviceText();
  if (sessions.length === 0) return <p className="meta">{t("people.sessions.none")}</p>;
  return (
    <ul className="rows">
      {sessions.map((session) => (
        <li key={session.id} className="row justify-between">
          <div>
            {deviceText(session)}
            <div className="meta">
              {t.rich("people.sessions.lastSeen", {
                when: <When value={session.lastSeenAt} as="dateTime" />,
              })}
              {", "}
              {t.rich("people.sessions.since", {
                when: <When value={session.startedAt} as="dateTime" />,
              })}
            </div>
          </div>
          {session.id === currentId ? (
            <span className="meta">{t("people.sessions.current")}</span>
          ) : (
            <PostForm action={action}>
              <input type="hidden" name="session" value={session.id} />
              <Button
                name="intent"
                value="revoke"
                aria-label={t("people.sessions.revokeNamed", { device: deviceText(session) })}
              >
                {t("people.sessions.revoke")}
              </Button>
            </PostForm>
          )}
        </li>
      ))}
    </ul>
  );
}

function useDeviceText() {
  const t = useT();
  return ({ userAgent }: OwnSession): string => {
    const { browser, system } = deviceOf(userAgent);
    if (browser && system) return t("people.sessions.device", { browser, system });
    return browser ?? system ?? t("people.sessions.unknown");
  };
}
