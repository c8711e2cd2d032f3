import { expect, test } from "vitest";
import { passwordWeakness } from "./common-password.server";

const aibek = { name: "Aibek Nurlan", email: "aibek.n@example.com" };

test.each([
  ...[
    "password123",
    "PASSWORD123",
    "qwertyuiop",
    "1q2w3e4r5t",
    "1234567890",
    "12345678901234567890",
  ],
  ...["aaaaaaaaaaaa", "abababababab", "          "],
])("%s would be guessed", async (password) => {
  expect(await passwordWeakness(password, aibek)).toBe("common");
});

test.each(["Aibek Nurlan", "aibek.n@example.com", "AIBEK.N@example.com1", "aibek.naibek.n12"])(
  "%s is too close to its owner",
  async (password) => {
    expect(await passwordWeakness(password, aibek)).toBe("personal");
  },
);

test.each(["four steppe foxes", "құпия сөзім ұзын", "tiyn demo password", "🦊🦊🐪🐪🦅🦅🐎🐎🐑🐑"])(
  "%s is fine",
  async (password) => {
    expect(await passwordWeakness(password, aibek)).toBeNull();
  },
);
