import { expect, test } from "vitest";
import { normalisedPassword, passwordLength } from "./password";

test.each([
  ["", 0],
  ["ten chars!", 10],
  ["пароль", 6],
  ["👍👍", 2],
  ["й".normalize("NFD"), 1],
])("%j has %d characters", (password, length) => expect(passwordLength(password)).toBe(length));

test("й is й, however it was typed", () =>
  expect(normalisedPassword("и\u0306")).toBe(normalisedPassword("й")));
