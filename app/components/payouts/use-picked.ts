import { type FormEvent, useEffect, useRef, useState } from "react";
import {
  type LineChoice,
  parseChoice,
  parseLineChoice,
  type PickedSum,
  sumOfChoice,
} from "~/domain/choice";
import { isCurrency } from "~/domain/money";

/**
 * With scripts: what is ticked is added up, and a line's box and those inside it move together, so that what is seen
 * is what is posted. The boxes stay the form's own; nothing is posted that they do not say.
 * `issues` are those of the opened lines: boxes that appear inside a ticked line are ticked.
 */
export function usePicked(issues: readonly unknown[]) {
  const form = useRef<HTMLFormElement>(null);
  // Null without scripts, and until they have looked at what the browser had ticked by itself.
  const [sum, setSum] = useState<PickedSum | null>(null);
  const count = () => {
    if (form.current) setSum(sumOf(form.current));
  };
  useEffect(() => {
    if (!form.current) return;
    for (const line of boxes(form.current, "line")) {
      if (line.checked) tickInside(form.current, line);
      else followInside(form.current, line);
    }
    setSum(sumOf(form.current));
  }, [issues]);
  return {
    form,
    sum,
    onChange: ({ target }: FormEvent) => {
      if (!form.current || !(target instanceof HTMLInputElement)) return;
      if (target.name === "line") tickInside(form.current, target);
      if (target.name === "choice") {
        const line = boxes(form.current, "line").find((box) => isInside(target, box));
        if (line) followInside(form.current, line);
      }
      count();
    },
    tickAll: (isTicked: boolean) => {
      if (!form.current) return;
      for (const line of boxes(form.current, "line")) {
        line.checked = isTicked;
        tickInside(form.current, line);
      }
      count();
    },
  };
}

function boxes(form: HTMLFormElement, name: "line" | "choice"): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
}

function isInside({ dataset }: HTMLInputElement, line: HTMLInputElement): boolean {
  return line.value.startsWith(`${dataset.tester}:${dataset.currency}:`);
}

function inside(form: HTMLFormElement, line: HTMLInputElement): HTMLInputElement[] {
  return boxes(form, "choice").filter((box) => isInside(box, line));
}

function tickInside(form: HTMLFormElement, line: HTMLInputElement): void {
  line.indeterminate = false;
  for (const box of inside(form, line)) box.checked = line.checked;
}

/** All of them is the line; some of them is neither ticked nor not. */
function followInside(form: HTMLFormElement, line: HTMLInputElement): void {
  const all = inside(form, line);
  if (all.length === 0) return;
  const ticked = all.filter((box) => box.checked).length;
  line.checked = ticked === all.length;
  line.indeterminate = ticked > 0 && !line.checked;
}

function sumOf(form: HTMLFormElement): PickedSum {
  const lines = boxes(form, "line")
    .filter((box) => box.checked)
    .map((box) => parseLineChoice(box.value))
    .filter((line): line is LineChoice => line !== null);
  const choices = boxes(form, "choice")
    .filter((box) => box.checked)
    .flatMap(({ value, dataset }) => {
      const choice = parseChoice(value);
      const { tester, currency } = dataset;
      return choice && isCurrency(currency)
        ? [{ ...choice, testerId: Number(tester), currency }]
        : [];
    });
  return sumOfChoice(choices, lines);
}
