import { useEffect, useRef, useState } from "react";
import {
  type LineChoice,
  parseChoice,
  parseLineChoice,
  type PickedSum,
  sumOfChoice,
} from "~/domain/choice";
import { isCurrency } from "~/domain/money";

/**
 * With scripts: what is ticked in the form around `inForm` is added up, and a line's box and those inside it move
 * together, so that what is seen is what is posted. The boxes stay the form's own, and a tick renders nothing but the
 * sum: there may be thousands. `issues` are those of the opened lines: boxes that appear in a ticked line are ticked.
 */
export function usePicked(issues: readonly unknown[]) {
  const inForm = useRef<HTMLDivElement>(null);
  // Null without scripts, and until they have looked at what the browser had ticked by itself.
  const [sum, setSum] = useState<PickedSum | null>(null);
  useEffect(() => {
    const form = inForm.current?.closest("form");
    if (!form) return;
    for (const line of boxes(form, "line")) {
      if (line.checked) tickInside(form, line);
      else followInside(form, line);
    }
    const onChange = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) moveTogether(form, target);
      setSum(sumOf(form));
    };
    setSum(sumOf(form));
    form.addEventListener("change", onChange);
    return () => form.removeEventListener("change", onChange);
  }, [issues]);
  const tickAll = (isTicked: boolean) => {
    const form = inForm.current?.closest("form");
    if (!form) return;
    for (const line of boxes(form, "line")) {
      line.checked = isTicked;
      tickInside(form, line);
    }
    setSum(sumOf(form));
  };
  return { inForm, sum, tickAll };
}

function moveTogether(form: HTMLFormElement, box: HTMLInputElement): void {
  if (box.name === "line") tickInside(form, box);
  if (box.name !== "choice") return;
  const line = boxes(form, "line").find((other) => isInside(box, other));
  if (line) followInside(form, line);
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
