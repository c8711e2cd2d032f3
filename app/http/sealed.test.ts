import { expect, test } from "vitest";
import { sealed, unsealed } from "./sealed";

const NOW = Date.parse("2026-05-10T07:00:00Z");
const seal = { secret: "a secret of more than thirty-two characters", purpose: "sign-in" };
const text = sealed({ state: "s" }, NOW + 1, seal);

test("what is sealed opens again, and cannot be read", () => {
  expect(unsealed(text, NOW, seal)).toEqual({ state: "s" });
  expect(Buffer.from(text, "base64url").toString("latin1")).not.toContain("state");
  expect(sealed({ state: "s" }, NOW + 1, seal)).not.toBe(text);
});

test("but not too late, not for another purpose, and not with another secret", () => {
  expect(unsealed(text, NOW + 1, seal)).toBeNull();
  expect(unsealed(text, NOW, { ...seal, purpose: "link" })).toBeNull();
  expect(unsealed(text, NOW, { ...seal, secret: "another secret" })).toBeNull();
});

test("one changed bit anywhere, or a part of it, opens nothing", () => {
  const bytes = Buffer.from(text, "base64url");
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unsealed(changed.toString("base64url"), NOW, seal)).toBeNull();
  }
  for (let length = 0; length < bytes.length; length++)
    expect(unsealed(bytes.subarray(0, length).toString("base64url"), NOW, seal)).toBeNull();
  for (const nothing of [null, "", "…", "x".repeat(4_000)])
    expect(unsealed(nothing, NOW, seal)).toBeNull();
});
