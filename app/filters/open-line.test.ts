import { describe, expect, it } from "vitest";
import { payQueuePath } from "~/http/paths";
import { parseOpenLines } from "./open-line";

describe("parseOpenLines", () => {
  it("reads what payQueuePath wrote", () => {
    const lines = [
      { testerId: 12, currency: "KZT" },
      { testerId: 12, currency: "USD" },
    ] as const;
    const url = new URL(payQueuePath(lines, true, lines[1]), "http://localhost");
    expect(parseOpenLines(url.searchParams.get("open"))).toEqual(lines);
    expect(url.searchParams.get("select")).toBe("all");
    expect(url.hash).toBe("#line-12-USD");
  });

  it("opens a line once, however often it is named", () => {
    expect(parseOpenLines("12:KZT,12:KZT")).toHaveLength(1);
  });

  it.each([
    null,
    "",
    ",",
    "12",
    "12:EUR",
    "0:KZT",
    "-1:KZT",
    "12:KZT:1",
    "9999999999:KZT",
    "a:KZT",
  ])("opens nothing for %j", (text) => {
    expect(parseOpenLines(text)).toEqual([]);
  });

  it("does not open a thousand", () => {
    const many = Array.from({ length: 1_000 }, (_, n) => `${n + 1}:KZT`).join(",");
    expect(parseOpenLines(many)).toHaveLength(50);
  });
});
