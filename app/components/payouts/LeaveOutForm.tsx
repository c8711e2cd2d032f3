import { PostForm } from "~/components/PostForm";
import { batchPath } from "~/http/paths";

/** The form that each line's "Leave out" button belongs to: a form cannot stand inside another. */
export const LEAVE_OUT_FORM = "leave-out";

export function LeaveOutForm({ batchId }: { batchId: number }) {
  return (
    <PostForm action={batchPath(batchId)} id={LEAVE_OUT_FORM}>
      <input type="hidden" name="intent" value="leave_out" />
    </PostForm>
  );
}
