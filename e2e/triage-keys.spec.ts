import type { CDPSession, Page } from "@playwright/test";
import { db } from "~/database/client.server";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { newTeam } from "./data";
import { expect, signIn, test } from "./fixtures";
import { timeToNextIssue } from "./next-issue";
import { fillInbox, heading, waitingIn, whenListening } from "./triage-inbox";

/** What the keys write on each layout: Triage means their places. On a Kazakh one the digits write letters. */
const LAYOUTS = {
  Latin: {
    KeyE: "e",
    KeyR: "r",
    KeyZ: "z",
    KeyX: "x",
    Digit1: "1",
    Digit2: "2",
    Digit3: "3",
    Digit4: "4",
  },
  Russian: {
    KeyE: "у",
    KeyR: "к",
    KeyZ: "я",
    KeyX: "ч",
    Digit1: "1",
    Digit2: "2",
    Digit3: "3",
    Digit4: "4",
  },
  Kazakh: {
    KeyE: "у",
    KeyR: "к",
    KeyZ: "я",
    KeyX: "ч",
    Digit1: '"',
    Digit2: "ә",
    Digit3: "і",
    Digit4: "ң",
  },
} as const;

/** In the order of the keys 1 to 4. */
const REASONS = ["Duplicate", "Can’t reproduce", "Won’t fix", "Not a bug"];

/** How many each layout decides; TRIAGE_ISSUES=200 npx playwright test triage-keys is the sitting of issue 4. */
const ISSUES = Number(process.env.TRIAGE_ISSUES ?? 12);

test.skip(
  ({ javaScriptEnabled, viewport }) => !javaScriptEnabled || (viewport?.width ?? 0) < 1000,
  "keys are for scripts and keyboards",
);

type Keyboard = { press: (code: keyof (typeof LAYOUTS)["Latin"] | "Enter") => Promise<void> };

async function keyboard(page: Page, layout: keyof typeof LAYOUTS): Promise<Keyboard> {
  const session: CDPSession = await page.context().newCDPSession(page);
  return {
    async press(code) {
      const key = code === "Enter" ? "Enter" : LAYOUTS[layout][code];
      const text = code === "Enter" ? "\r" : key;
      await session.send("Input.dispatchKeyEvent", {
        type: "keyDown",
        code,
        key,
        text,
        windowsVirtualKeyCode: code === "Enter" ? 13 : 0,
      });
      await session.send("Input.dispatchKeyEvent", { type: "keyUp", code, key });
    },
  };
}

/** The page's data takes its time, as on a busy laptop: a second between the scripts' first line and the page coming alive. */
function slowData(): void {
  const { pipeThrough } = ReadableStream.prototype;
  ReadableStream.prototype.pipeThrough = function <T>(
    this: ReadableStream,
    pair: ReadableWritablePair<T>,
    options?: StreamPipeOptions,
  ): ReadableStream<T> {
    const start = () => new Promise<void>((resolve) => setTimeout(resolve, 1_000));
    const late = pipeThrough.call(this, new TransformStream({ start }), options);
    return pipeThrough.call(late, pair, options) as ReadableStream<T>;
  };
}

test("keys pressed while the page comes alive do not leave it deaf", async ({ page }) => {
  const team = await newTeam("Aibek");
  await fillInbox(team, 2);
  await signIn(page, team.admin.email);
  await page.addInitScript(slowData);
  await page.goto(`/app/admin/triage?cycle=${team.cycle.id}`, { waitUntil: "commit" });
  const decoding = page.waitForFunction(() => "__remixContext" in window);
  for (let press = 0; press < 30; press++) await page.keyboard.press("?");
  await decoding;
  await whenListening(page);
  await page.keyboard.press("e");
  await expect(heading(page, 2)).toBeFocused();
});

for (const layout of ["Latin", "Russian", "Kazakh"] as const) {
  test(`an inbox is decided by keys alone on a ${layout} layout, each issue as meant`, async ({
    page,
  }) => {
    test.setTimeout(300_000 + ISSUES * 3_000);
    const team = await newTeam("Aibek");
    const ids = await fillInbox(team, ISSUES);
    await signIn(page, team.admin.email);
    await page.goto(`/app/admin/triage?cycle=${team.cycle.id}`);
    const keys = await keyboard(page, layout);
    await whenListening(page);
    const times: number[] = [];
    for (const [index] of ids.entries()) {
      await expect(heading(page, index + 1)).toBeVisible();
      await expect(page.getByText("Approve ₸ 1,000")).toBeVisible();
      const isLast = index === ids.length - 1;
      const reason = index % 5;
      if (reason > 0) {
        await keys.press("KeyR");
        await expect(page.getByRole("button", { name: "Reject the payout" })).toBeVisible();
        await keys.press(`Digit${reason as 1 | 2 | 3 | 4}`);
        await expect(
          page.getByRole("radio", { name: REASONS[reason - 1], exact: true }),
        ).toBeChecked();
      }
      const decide = () => keys.press(reason > 0 ? "Enter" : "KeyE");
      if (isLast) await decide();
      else times.push(await timeToNextIssue(page, decide));
    }
    await expect(page.getByText("Nothing in the inbox matches these filters")).toBeVisible();
    // The last page may be there before the last but one decision.
    await expect.poll(() => waitingIn(team)).toBe(0);
    const decided = await db().issue.findMany({
      where: { id: { in: ids } },
      orderBy: { id: "asc" },
      select: { payoutStatus: true, status: true, version: true },
    });
    expect(decided).toEqual(
      ids.map((_, index) =>
        index % 5 === 0
          ? { payoutStatus: "approved", status: "triaged", version: 2 }
          : { payoutStatus: "rejected", status: NEGATIVE_CLOSINGS[(index % 5) - 1], version: 2 },
      ),
    );
    times.sort((a, b) => a - b);
    const p95 = times[Math.floor(times.length * 0.95)] ?? 0;
    const text = `${layout}: ${times.length} times, median ${times[times.length >> 1]?.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`;
    test.info().annotations.push({ type: "key to next issue shown", description: text });
    console.log(text);
    // Told, not judged: the goal of 100 ms is for `npm run bench`. That the next issue waits for no answer is shown in
    // triage-two-admins.spec.ts, where all of them are held back.
  });
}
