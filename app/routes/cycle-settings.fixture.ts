import { answerOf, visit } from "~/http/visit.fixture";
import { cycleOf, ratesText } from "~/models/cycle.server";
import * as rates from "./app.admin.test-cycles.$id.settings";
import type { Person } from "./signed-in.fixture";

type Cycle = { readonly id: number };
export type Form = Record<string, string>;

export const EMPTY = { critical: "", high: "", medium: "", low: "", currency: "KZT" };

/** The rates as the form says that it showed them. */
export const shownRates = async ({ id }: Cycle) =>
  ratesText((await cycleOf(id))?.payoutRates ?? {});
export const visitTo = ({ id }: Cycle, who: Person, form?: Form) =>
  visit(`/app/admin/test-cycles/${id}`, {
    session: who.session,
    params: { id: String(id) },
    ...(form ? { form } : {}),
  });
export const postSettings = (cycle: Cycle, form: Form, who: Person) =>
  answerOf(rates.action(visitTo(cycle, who, form)));
