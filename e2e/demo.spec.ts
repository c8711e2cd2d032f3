import { DEMO_PASSWORD, expect, signIn, test } from "./fixtures";

test.beforeEach(({ page }) => signIn(page, "aibek@example.com", DEMO_PASSWORD));

test("Aibek sees the balance of the design, to the figure", async ({ page }) => {
  await page.goto("/app");
  await expect(page).toHaveURL("/app/test-cycles/balance");
  for (const [label, figure] of [
    ["Total earned (paid)", "₸ 120,000"],
    ["Pending payout (approved)", "₸ 45,000"],
    ["Awaiting decision", "₸ ~30,000"],
    ["Lifetime issues filed", "42"],
    ["Acceptance rate", "71%"],
  ] as const) {
    const line = page.locator("dl > div").filter({ hasText: label });
    await expect(line.locator("dd")).toContainText(figure);
  }
  await expect(page.locator("dl > div").filter({ hasText: "Awaiting decision" })).toContainText(
    "12 issues",
  );
  await expect(page.locator("dl > div").filter({ hasText: "Acceptance rate" })).toContainText(
    "30/42",
  );
});

test("GET /api/me/balance says the same", async ({ page }) => {
  const answer = await page.request.get("/api/me/balance");
  expect(answer.status()).toBe(200);
  const balance = (await answer.json()) as Record<string, unknown>;
  expect(balance).toMatchObject({
    totals: [{ currency: "KZT", paid: 12_000_000, pending: 4_500_000, awaiting: 3_000_000 }],
    issues: { filed: 42, accepted: 30, awaiting: 12 },
    acceptanceRate: 30 / 42,
  });
  const cycles = balance.cycles as { name: string }[];
  expect(new Map(cycles.map(({ name, ...rest }) => [name, rest]))).toEqual(
    new Map([
      ["Hackorda Onboarding — QA shake-down", cycle(18, 12, 8, 7_500_000)],
      ["Akashi Cloud — Pre-launch sweep", cycle(12, 9, 9, 4_500_000)],
      ["Dala Market — Payments regression", cycle(12, 9, 0, 0)],
    ]),
  );
});

function cycle(issues: number, approved: number, paid: number, amount: number) {
  return { id: expect.any(Number), issues, approved, paid, earned: [{ currency: "KZT", amount }] };
}

test("Balance is light: two requests, 14 KB, no script", async ({ page }) => {
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.clearBrowserCache");
  const requests: string[] = [];
  let bytes = 0;
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) requests.push(request.url());
  });
  network.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto("/app/test-cycles/balance");
  await expect.poll(() => bytes).toBeGreaterThan(2_000);
  expect(requests.length).toBeLessThanOrEqual(2);
  expect(await page.locator("script").count()).toBe(0);
  test.info().annotations.push({ type: "on the wire", description: `${bytes} bytes` });
  expect(bytes).toBeLessThanOrEqual(14 * 1024);
});
