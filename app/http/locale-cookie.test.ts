import { expect, test } from "vitest";
import { asLocale, localeCookie, requestLocale } from "./locale-cookie";

const headers = (sent: Record<string, string>) => (name: string) => sent[name] ?? null;

test("the user's setting, then what this browser chose, then what it asks for", () => {
  const sent = headers({ cookie: "a=1; tiyn_locale=kk", "accept-language": "ru" });
  expect(requestLocale(sent, "en")).toBe("en");
  expect(requestLocale(sent, null)).toBe("kk");
  expect(requestLocale(headers({ "accept-language": "ru" }))).toBe("ru");
  expect(requestLocale(headers({}))).toBe("en");
});

test("a cookie that is no language of ours counts as none", () => {
  for (const value of ["", "de", "__proto__", "ru%20", "RU"]) {
    const sent = headers({ cookie: `tiyn_locale=${value}`, "accept-language": "kk" });
    expect(requestLocale(sent)).toBe("kk");
  }
  expect(asLocale(["ru"])).toBeNull();
});

test("is kept for a year, hidden from scripts, and forgotten on demand", () => {
  expect(localeCookie("ru", { secure: true })).toBe(
    "tiyn_locale=ru; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure",
  );
  expect(localeCookie(null, { secure: false })).toBe(
    "tiyn_locale=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
  );
});
