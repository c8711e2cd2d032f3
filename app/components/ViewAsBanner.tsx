import { viewAsPath } from "~/http/paths";
import { useRootData } from "~/http/root-data";
import { useT } from "~/i18n/context";
import { Button } from "./Button";
import { PostForm } from "./PostForm";
import { When } from "./When";

/** On every page while an admin views as a user, error pages too: whose eyes these are, and the way out. */
export function ViewAsBanner() {
  const t = useT();
  const user = useRootData()?.user;
  if (!user?.viewedBy) return null;
  const { name: admin, until } = user.viewedBy;
  const facts = {
    name: <strong>{user.name}</strong>,
    admin,
    time: <When value={until} as="time" />,
  };
  return (
    <aside className="view-as" aria-label={t("people.viewAs.label")}>
      <div>
        <p>{t.rich("people.viewAs.banner", facts)}</p>
        <PostForm action={viewAsPath()} reloadDocument>
          <Button name="intent" value="stop">
            {t("people.viewAs.stop")}
          </Button>
        </PostForm>
      </div>
    </aside>
  );
}
