import { describe, expect, test } from "vitest";
import { keysetText, parseKeyset } from "./keyset";

describe("a keyset in a URL", () => {
  test("comes back as it was", () => {
    const place = { at: new Date("2026-05-10T12:00:00.123Z"), id: 42 };
    expect(parseKeyset(keysetText(place))).toEqual(place);
  });

  test("reaches the end of the year 9999", () => {
    const at = new Date("9999-12-31T23:59:59.999Z");
    expect(parseKeyset("253402300799999-5")).toEqual({ at, id: 5 });
  });

  test.each([
    null,
    "",
    "1-0",
    "-1",
    "x-1",
    "1778390400000-42 ",
    "1-99999999999",
    "1-4294967296",
    "9".repeat(16) + "-1",
    "253402300800000-5",
    "999999999999999-5",
  ])("%j is none", (text) => expect(parseKeyset(text)).toBeNull());
});
