import { Form, type FormProps } from "@remix-run/react";
import { useRootData } from "~/http/root-data";

/**
 * Every form that changes something. Carries the session's token. The browser's own checks are off:
 * the answer is a page that names every mistake in the reader's language and keeps what was typed.
 */
export function PostForm({ children, ...props }: Omit<FormProps, "method">) {
  return (
    <Form method="post" discover="none" noValidate {...props}>
      <input type="hidden" name="csrf" value={useRootData()?.formToken ?? ""} />
      {children}
    </Form>
  );
}
