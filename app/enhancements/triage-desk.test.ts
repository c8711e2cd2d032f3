import { describe, expect, test } from "vitest";
import type { DecisionAnswer } from "~/forms/decision-form";
import { createDesk } from "./triage-desk";

const order = (id: number, note = "") => ({
  issue: { id, version: 3, title: `Issue ${id}` },
  fields: new URLSearchParams({ issueId: String(id), reason: "wont_fix", note, csrf: "secret" }),
  panel: "reject" as const,
  text: `Rejected #${id}`,
});

/** A server whose answers are given one by one, in any order. */
function slowServer() {
  const waiting = new Map<number, (answer: DecisionAnswer | null | Error) => void>();
  const desk = createDesk(
    ({ issue }) =>
      new Promise((resolve, reject) => {
        waiting.set(issue.id, (answer) =>
          answer instanceof Error ? reject(answer) : resolve(answer),
        );
      }),
    "No answer came",
  );
  const answer = async (id: number, what: DecisionAnswer | null | Error) => {
    const settled = desk.settled(id);
    waiting.get(id)?.(what);
    return settled;
  };
  return { desk, answer };
}

const refusal = (issueId: number): DecisionAnswer => ({
  ...{ panel: "reject", issueId, values: {}, errors: { form: "Sanzhar was faster" } },
});

describe("decisions under way", () => {
  test("are out of the list at once, and the last one can be taken back", () => {
    const { desk } = slowServer();
    desk.send(order(1));
    desk.send(order(2));
    expect([...desk.state().decided]).toEqual([
      [1, 3],
      [2, 3],
    ]);
    expect(desk.state().last).toEqual({ issueId: 2, text: "Rejected #2", version: 4 });
  });

  test("answered in any order are not mixed up: the refused one comes back, and it alone", async () => {
    const { desk, answer } = slowServer();
    [1, 2, 3].forEach((id) => desk.send(order(id)));
    expect(await answer(3, null)).toBe(true);
    expect(await answer(1, refusal(1))).toBe(false);
    expect(await answer(2, null)).toBe(true);
    const { decided, failed, last } = desk.state();
    expect([...decided.keys()]).toEqual([2, 3]);
    expect([...failed.keys()]).toEqual([1]);
    expect(last?.issueId).toBe(3);
    expect(desk.settled(1)).toBe(null);
  });

  test("without an answer come back with what was typed, and no form token", async () => {
    const { desk, answer } = slowServer();
    desk.send(order(1, "Next year"));
    expect(await answer(1, new Error("offline"))).toBe(false);
    expect(desk.state().failed.get(1)).toMatchObject({
      seen: false,
      answer: {
        errors: { form: "No answer came" },
        values: { reason: "wont_fix", note: "Next year" },
      },
    });
    expect(desk.state().failed.get(1)?.answer.values).not.toHaveProperty("csrf");
    expect(desk.state().last).toBe(null);
  });

  test("that came back are told until somebody looks, and no longer once decided anew", async () => {
    const { desk, answer } = slowServer();
    desk.send(order(1));
    await answer(1, refusal(1));
    desk.markSeen(1);
    expect(desk.state().failed.get(1)?.seen).toBe(true);
    desk.send(order(1));
    expect(desk.state().failed.size).toBe(0);
  });
});
