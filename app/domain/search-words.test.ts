import { describe, expect, test } from "vitest";
import { issueNumber, searchWords, wordQuery } from "./search-words";

describe("what is searched for", () => {
  test("is words of any language, in lower case, ё as е", () => {
    expect(searchWords("«Оплата» — ТӨЛЕМ ещё, 50% off")).toEqual([
      ...["оплата", "төлем", "еще", "50", "off"],
    ]);
    expect(searchWords(" _ % \\ ' ")).toEqual([]);
  });

  test("becomes a query that only its words can shape", () => {
    expect(wordQuery("оплата не прох")).toBe("оплата & не & прох:*");
    expect(wordQuery("'; DROP TABLE issues; --")).toBe("drop & table & issues:*");
    expect(wordQuery("a & !b | c:*")).toBe("a & b & c");
    expect(wordQuery("&|!()")).toBeNull();
  });

  test("may be a number", () => {
    expect(issueNumber("#12", 99)).toBe(12);
    expect(issueNumber("12", 99)).toBe(12);
    for (const none of ["0", "-1", "1.5", "#", "100", "12 a", "99999999999"])
      expect(issueNumber(none, 99)).toBeNull();
  });
});
