import { expect, test } from "vitest";
import { redirectWithFlash, takeFlash } from "./flash.server";
import { visit } from "./visit.fixture";

const FLASH = {
  tone: "success",
  text: "Одобрено: 15 000 ₸",
  action: { url: "/app/undo", label: "Undo", fields: { issue: "7" } },
} as const;

const sent = (cookie: string) => visit("/app", { headers: { cookie } }).request;

async function cookieOf(flash: Parameters<typeof redirectWithFlash>[1]): Promise<string> {
  const answer = await redirectWithFlash("/app/admin/triage", flash);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe("/app/admin/triage");
  const header = answer.headers.get("set-cookie") ?? "";
  expect(header).toMatch(/; Max-Age=60; Path=\/; HttpOnly; SameSite=Lax$/);
  return header.split(";", 1)[0] ?? "";
}

test("a message is shown once, on the page after the form", async () => {
  const cookie = await cookieOf(FLASH);
  const { flash, header } = await takeFlash(sent(`a=b; ${cookie}`));
  expect(flash).toEqual(FLASH);
  expect(header).toMatch(/^tiyn_flash=[^;]*; Max-Age=0/);
});

test("nothing is set where there was nothing", async () => {
  expect(await takeFlash(sent("a=b"))).toEqual({ flash: null, header: null });
});

test("a message that we did not sign is not shown, and is taken away", async () => {
  const forged = Buffer.from(JSON.stringify({ ...FLASH, text: "Send money to …" })).toString(
    "base64",
  );
  const [, signature] = (await cookieOf(FLASH)).split(".");
  for (const value of [forged, `${forged}.${signature}`, "", "%", "{}"]) {
    const { flash, header } = await takeFlash(sent(`tiyn_flash=${value}`));
    expect(flash).toBeNull();
    expect(header).toContain("Max-Age=0");
  }
});
