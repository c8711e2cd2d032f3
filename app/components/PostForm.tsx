import { Form, type FormProps } from "@remix-run/react";
import { forwardRef } from "react";
import { useRootData } from "~/http/root-data";

/**
 * Every form that changes something. Carries the session's token. The browser's own checks are off:
 * the answer is a page that names every mistake in the reader's language and keeps what was typed.
 */
export const PostForm = forwardRef<HTMLFormElement, Omit<FormProps, "method">>(function PostForm(
  { children, ...props },
  ref,
) {
  return (
    <Form method="post" discover="none" noValidate ref={ref} {...props}>
      <input type="hidden" name="csrf" value={useRootData()?.formToken ?? ""} />
      {children}
    </Form>
  );
});
