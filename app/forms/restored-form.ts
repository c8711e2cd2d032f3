import { z } from "./zod";
import { requiredText, rowId } from "./field-types";

/** An admin has compared that restore with the bank, and says what they found. */
export const compareForm = z.object({ restoration: rowId(), note: requiredText(2_000) });
