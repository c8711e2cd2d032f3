import { Form } from "@remix-run/react";
import { Button } from "~/components/Button";

/** A form that only opens a page with something filled in: it changes nothing. */
export function OpenForm({ to, children }: { to: string; children: string }) {
  const [address = "", hash] = to.split("#");
  const [path = "", query] = address.split("?");
  return (
    <Form
      method="get"
      action={hash ? `${path}#${hash}` : path}
      discover="none"
      preventScrollReset
      className="suggestion-form"
    >
      {[...new URLSearchParams(query)].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button>{children}</Button>
    </Form>
  );
}
