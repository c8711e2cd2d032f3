import { describe, expect, test } from "vitest";
import { keysetText, parseKeyset } from "./keyset";

describe("a keyset in a URL", () => {
  test("comes back as it was", () => {
    const place = { at: new Date("2026-05-10T12:00:00.123Z"), id: 42 };
    expect(parseKeyset(keysetText(place))).toEqual(place);
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
  ])("%j is none", (text) => expect(parseKeyset(text)).toBeNull());
});
