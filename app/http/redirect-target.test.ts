import { describe, expect, test } from "vitest";
import { HOME, redirectTarget } from "./redirect-target";

describe("where a sign-in may lead", () => {
  test.each([
    ["/app/issues", "/app/issues"],
    ["/app/issues?status=open&page=2#top", "/app/issues?status=open&page=2#top"],
    ["/app/issues?q=https://example.com", "/app/issues?q=https://example.com"],
    ["/", "/"],
  ])("%s is followed", (next, target) => expect(redirectTarget(next)).toBe(target));

  test.each([
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "javascript:alert(1)",
    "app",
    "",
    "/app\r\nSet-Cookie: a=b",
    "/app\u0000",
    `/${"a".repeat(2_000)}`,
    null,
    undefined,
    ["/app"],
  ])("%j leads home", (next) => expect(redirectTarget(next)).toBe(HOME));
});
