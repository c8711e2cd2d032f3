import { expect, test } from "vitest";
import { titleLikeness } from "./title-likeness";

test.each([
  ["Оплата картой Kaspi не проходит", "Оплата картой Kaspi не проходит на Android"],
  ["Баланс көрсетілмейді", "Баланс дұрыс көрсетілмейді"],
  ["Payment fails on Safari", "payment FAILS on mobile Safari!"],
])("%s ~ %s", (a, b) => {
  expect(titleLikeness(a, b)).toBeGreaterThan(0.6);
  expect(titleLikeness(b, a)).toBe(titleLikeness(a, b));
});

test.each([
  ["Payment fails on Safari", "Search forgets its filters"],
  ["Оплата не проходит", "Поиск не находит товар"],
  ["", "Anything"],
  ["!!!", "???"],
])("%s is not %s", (a, b) => {
  expect(titleLikeness(a, b)).toBeLessThan(0.3);
});

test("the same is the same", () => {
  expect(titleLikeness("Көк шай", "көк шай")).toBe(1);
});
