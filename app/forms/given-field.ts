import { z } from "./zod";
import type { Key } from "~/i18n/catalogue";

/** Text that is not blank, with a message of its own for when it is; `.pipe()` the field's other rules after it. */
export function given(missing: Key) {
  return z.string().refine((text) => text.trim() !== "", { error: missing, abort: true });
}
