import { Button } from "~/components/Button";
import { PostForm } from "~/components/PostForm";
import { batchPath } from "~/http/paths";
import { useT } from "~/i18n/context";

export function CancelBatch({ batchId }: { batchId: number }) {
  return (
    <PostForm action={batchPath(batchId)}>
      <Button name="intent" value="cancel">
        {useT()("payouts.cancel")}
      </Button>
    </PostForm>
  );
}
