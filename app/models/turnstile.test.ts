import { expect, test } from "vitest";
import { Overcrowded, Turnstile } from "./turnstile";

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

test("never more at once than allowed, and in the order they came", async () => {
  const turnstile = new Turnstile({ atOnce: 2, waiting: 50 });
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      turnstile.pass(async () => {
        most = Math.max(most, ++inside);
        order.push(index);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(turnstile.idle).toBe(true);
});

test("whom the queue does not hold is turned away, and the queue goes on", async () => {
  const turnstile = new Turnstile({ atOnce: 1, waiting: 1 });
  const { open, opened } = gate();
  const first = turnstile.pass(() => opened);
  const second = turnstile.pass(async () => "second");
  await expect(turnstile.pass(async () => "third")).rejects.toThrow(Overcrowded);
  open();
  await first;
  expect(await second).toBe("second");
});

test("a failure gives its place back", async () => {
  const turnstile = new Turnstile({ atOnce: 1, waiting: 1 });
  await expect(turnstile.pass(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await turnstile.pass(async () => "next")).toBe("next");
});
