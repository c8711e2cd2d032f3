import { Button, ButtonLink } from "~/components/Button";
import { PostForm } from "~/components/PostForm";
import { choiceText } from "~/domain/choice";
import { batchesPath, payoutsPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { TransferView } from "~/models/batch-view.server";

type Props = { transfers: readonly TransferView[]; formKey: string };

/** Puts the issues of lines that were not paid into a new batch; where they are not listed, leads to the queue. */
export function PrepareAgain({ transfers, formKey }: Props) {
  const t = useT();
  if (transfers.some((transfer) => transfer.issues === null)) {
    return <ButtonLink to={payoutsPath()}>{t("payouts.backToQueue")}</ButtonLink>;
  }
  const issues = transfers.flatMap((transfer) => transfer.issues ?? []);
  return (
    <PostForm action={batchesPath()}>
      <input type="hidden" name="key" value={formKey} />
      {issues.map(({ id, amount }) => (
        <input
          key={id}
          type="hidden"
          name="choice"
          value={choiceText({ issueId: id, expected: amount })}
        />
      ))}
      <Button name="intent" value="prepare">
        {t("batch.prepareAgain")}
      </Button>
    </PostForm>
  );
}
