import { type RefObject, useSyncExternalStore } from "react";
import type { Money } from "~/domain/money";
import { AMOUNT_NAME, parseReviewChoice, tickedTotals } from "~/domain/review-choice";

export type Ticked = { readonly count: number; readonly totals: readonly Money[] };

/**
 * What the ticked rows of the form around `inside` add up to; null without scripts. The form itself holds the ticks:
 * this only reads along. Typing an amount ticks its row.
 */
export function useTicked(inside: RefObject<HTMLElement>) {
  const subscribe = (onChange: () => void) => {
    const form = inside.current?.closest("form");
    if (!form) return () => {};
    const onInput = (event: Event) => {
      tickTyped(form, event.target);
      onChange();
    };
    form.addEventListener("input", onInput);
    return () => form.removeEventListener("input", onInput);
  };
  const rows = useSyncExternalStore(
    subscribe,
    () => tickedRows(inside.current),
    () => null,
  );
  const tickAll = (checked: boolean) => {
    const form = inside.current?.closest("form");
    for (const box of boxesOf(form)) box.checked = checked;
    form?.dispatchEvent(new Event("input"));
  };
  return { ticked: rows === null ? null : totalsOf(rows), tickAll };
}

function boxesOf(form: HTMLFormElement | null | undefined): HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>('input[name="pick"]') ?? [])];
}

function tickTyped(form: HTMLFormElement, typed: EventTarget | null): void {
  if (!(typed instanceof HTMLInputElement) || !typed.name.startsWith(AMOUNT_NAME)) return;
  const choice = typed.name.slice(AMOUNT_NAME.length);
  for (const box of boxesOf(form)) if (box.value === choice) box.checked = true;
}

/** As text, since what is equal must look equal to React: each ticked row's choice and amount. */
function tickedRows(inside: HTMLElement | null): string | null {
  const form = inside?.closest("form");
  if (!form) return null;
  const posted = new FormData(form);
  const rows = boxesOf(form).filter((box) => box.checked);
  return JSON.stringify(rows.map(({ value }) => [value, posted.get(AMOUNT_NAME + value)]));
}

function totalsOf(rows: string): Ticked {
  const ticked = (JSON.parse(rows) as [string, string | null][]).flatMap(([value, text]) => {
    const choice = parseReviewChoice(value);
    return choice ? [{ choice, amountText: text ?? "" }] : [];
  });
  return tickedTotals(ticked);
}
