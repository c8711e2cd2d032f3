import { z } from "./zod";
import { requiredText, rowId } from "./field-types";

/** An admin has looked at that run of the doctor, and says what it was. */
export const lookForm = z.object({ run: rowId(), note: requiredText(2_000) });
