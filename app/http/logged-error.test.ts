import { Prisma } from "~/generated/prisma/client";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { createLog } from "./log.server";
import { loggedError } from "./logged-error";

describe("an error in the log", () => {
  test("of our own: its words, where it happened and its cause", () => {
    const told = loggedError(new Error("the page failed", { cause: new TypeError("x is null") }));
    expect(told).toMatchObject({
      ...{ type: "Error", message: "the page failed" },
      cause: { type: "TypeError", message: "x is null" },
    });
    expect(told.stack[0]).toMatch(/^at .*logged-error\.test\.ts/);
  });

  test("of the database: which rule refused, and not the row", () => {
    const error = new pg.DatabaseError("duplicate key value: canary", 10, "error");
    Object.assign(error, { code: "23505", constraint: "users_email_key", detail: "canary" });
    const told = loggedError(error);
    expect(told).toMatchObject({ code: "23505", constraint: "users_email_key" });
    expect(JSON.stringify(told)).not.toContain("canary");
  });

  test("of Prisma: its code, and not its arguments", () => {
    const error = new Prisma.PrismaClientKnownRequestError("Invalid invocation: canary", {
      ...{ code: "P2002", clientVersion: "7", meta: { target: "canary" } },
    });
    const told = loggedError(error);
    expect(told).toMatchObject({ code: "P2002" });
    expect(JSON.stringify(told)).not.toContain("canary");
  });

  test.each([
    ["a parser", () => JSON.parse('{"canary')],
    ["an address", () => new URL("http://canary:port")],
    [
      "something that is no error",
      () => {
        throw "canary";
      },
    ],
  ])("of %s: not what it was given", (_, fail) => {
    let thrown: unknown;
    try {
      fail();
    } catch (error) {
      thrown = error;
    }
    expect(JSON.stringify(loggedError(thrown))).not.toContain("canary");
  });
});

test("the log drops every field that is not on its list", () => {
  const lines: string[] = [];
  const log = createLog({}, { write: (line) => void lines.push(line) });
  log.error({ requestId: "r", body: "canary", err: new Error("away") }, "it failed");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ requestId: "r", err: { message: "away" } });
  expect(lines[0]).not.toContain("canary");
});
