import { Button } from "~/components/Button";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import type { Trouble } from "~/domain/suggestion";
import { suggestionsPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { T } from "~/i18n/translator";
import type { IntakeView } from "~/models/intake-suggestion.server";

type Props = {
  state: IntakeView["state"];
  trouble: Trouble | null;
  /** There is one already, whatever became of the last request. */
  hasOne: boolean;
  /** What the button asks about. */
  about: { issue: number } | { cycle: number };
  /** This page, to look again and to come back to. */
  here: string;
};

/** Where it stands, in one calm line, and the button that asks for (another) one. */
export function SuggestionState({ state, trouble, hasOne, about, here }: Props) {
  const t = useT();
  const isUnderWay = state === "waiting" || state === "working";
  const line = lineOf({ state, trouble, hasOne }, t);
  return (
    <div className="row">
      {line ? <p className="meta">{line}</p> : null}
      {isUnderWay ? (
        <PageLink to={here} preventScrollReset>
          {t("suggestions.look")}
        </PageLink>
      ) : (
        <PostForm action={suggestionsPath()} preventScrollReset>
          {Object.entries(about).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="next" value={here} />
          <Button name="intent" value={"issue" in about ? "issue" : "cycle"}>
            {t(state === null ? "suggestions.ask" : "suggestions.again")}
          </Button>
        </PostForm>
      )}
    </div>
  );
}

function lineOf({ state, trouble, hasOne }: Pick<Props, "state" | "trouble" | "hasOne">, t: T) {
  const why = trouble && t(`suggestions.trouble.${trouble}`);
  if (state === "failed" && why) return t("suggestions.failed", { trouble: why });
  if (state === "waiting" && why) return t("suggestions.waitingAgain", { trouble: why });
  if (state === "waiting" || state === "working") return t("suggestions.waiting");
  return hasOne ? null : t("suggestions.none");
}
