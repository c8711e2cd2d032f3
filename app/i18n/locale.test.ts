import { expect, test } from "vitest";
import { type Locale, LOCALES, negotiateLocale } from "./locale";

const best = (own: string | null, header: string | null, available: readonly Locale[] = LOCALES) =>
  negotiateLocale(own, header, available);

test("the user's own language comes before the browser's", () => {
  expect(best("kk", "ru")).toBe("kk");
});

test("the browser's languages count by preference, whatever their region and order", () => {
  expect(best(null, "ru-RU,ru;q=0.9,en;q=0.8")).toBe("ru");
  expect(best(null, "en;q=0.5, kk-Cyrl-KZ;q=0.9, de")).toBe("kk");
  expect(best(null, "KK")).toBe("kk");
});

test("a language refused with q=0 is not taken", () => {
  expect(best(null, "ru;q=0, kk;q=0.1")).toBe("kk");
});

test("a language without a catalogue is passed over", () => {
  expect(best("ru", "kk, ru", ["en"])).toBe("en");
  expect(best("ru", "kk", ["en", "kk"])).toBe("kk");
});

test("nothing usable is English", () => {
  expect(best(null, null)).toBe("en");
  expect(best("xx", "*, de, ;;q=, ,q=1")).toBe("en");
  expect(best("__proto__", "ru;q=NaN")).toBe("en");
});
