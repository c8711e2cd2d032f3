import { z } from "./zod";
import { requiredText } from "./field-types";
import { given } from "./given-field";

/** issue_comments_body_present */
const LONGEST_COMMENT = 4_000;

export const commentForm = z.object({
  comment: given("issueTalk.comment.missing").pipe(requiredText(LONGEST_COMMENT)),
  /** Made when the form was opened, so that a double tap says it once. */
  key: z.uuid(),
  /** Where the form stands, if not on the issue's own page. */
  next: z.string().optional(),
});
