import { describe, expect, test } from "vitest";
import { keyOf, type Press } from "./hotkeys";

const press = (code: string, key: string, more: Partial<Press> = {}) =>
  keyOf({
    ...{ code, key, repeat: false, isComposing: false },
    ...{ shiftKey: false, ctrlKey: false, altKey: false, metaKey: false },
    ...more,
  });

/** What the keys of Triage write on each layout; Kazakh has letters of its own where others have digits. */
const LAYOUTS = {
  "Latin, US": {
    e: "e",
    r: "r",
    j: "j",
    k: "k",
    o: "o",
    x: "x",
    z: "z",
    digits: ["1", "2", "3", "4"],
  },
  Russian: { e: "у", r: "к", j: "о", k: "л", o: "щ", x: "ч", z: "я", digits: ["1", "2", "3", "4"] },
  Kazakh: { e: "у", r: "к", j: "о", k: "л", o: "щ", x: "ч", z: "я", digits: ['"', "ә", "і", "ң"] },
} as const;

describe.each(Object.entries(LAYOUTS))(
  "on a keyboard that is %s",
  (_name, { digits, ...letters }) => {
    test("letters and digits are meant by their place", () => {
      for (const [letter, written] of Object.entries(letters))
        expect(press(`Key${letter.toUpperCase()}`, written)).toBe(letter);
      for (const [index, written] of digits.entries())
        expect(press(`Digit${index + 1}`, written)).toBe(String(index + 1));
    });
  },
);

test.each([
  ["Slash", "/", false, "/"],
  ["Slash", "?", true, "?"],
  // Russian: a full stop and a comma stand there; the signs themselves are elsewhere.
  ["Slash", ".", false, "/"],
  ["Slash", ",", true, "?"],
  ["Digit7", "?", true, "?"],
  ["Backslash", "/", true, "/"],
  ["NumpadDivide", "/", false, "/"],
  // German: both with Shift, and a dash where others have the slash.
  ["Digit7", "/", true, "/"],
  ["Minus", "?", true, "?"],
])("%s that writes %s, Shift %s, is %s", (code, key, shiftKey, is) => {
  expect(press(code, key, { shiftKey })).toBe(is);
});

test.each(["ctrlKey", "altKey", "metaKey", "repeat", "isComposing"] as const)(
  "with %s it is left to the browser",
  (name) => {
    for (const code of ["KeyE", "Digit1", "Slash", "Escape"])
      expect(press(code, "e", { [name]: true })).toBe(null);
  },
);

test("capital letters, and keys that mean nothing here, are nobody's", () => {
  expect(press("KeyE", "E", { shiftKey: true })).toBe(null);
  expect(press("F5", "F5")).toBe(null);
  expect(press("Enter", "Enter")).toBe(null);
  expect(press("Space", " ")).toBe(null);
  expect(press("", "Unidentified")).toBe(null);
  expect(press("Escape", "Escape")).toBe("Escape");
  expect(press("Numpad1", "1")).toBe("1");
});
