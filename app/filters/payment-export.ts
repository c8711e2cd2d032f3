import { z } from "~/forms/zod";
import { rowId } from "~/forms/field-types";
import { csvSeparator } from "./csv-separator";
import { inOrder, PERIOD } from "./period";

const OWN = { ...PERIOD, separator: csvSeparator() };

/** The query of a tester's own export: it has no place for anybody else's id. */
export const ownExportQuery = z.object(OWN).superRefine(inOrder);

export const allExportQuery = z
  .object({ ...OWN, testerId: rowId().optional() })
  .superRefine(inOrder);
