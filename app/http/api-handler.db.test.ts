import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { useTestDatabase } from "~/database/test-database";
import { signIn } from "~/models/sign-in.server";
import { createUser } from "~/models/user.server";
import { apiAction, apiLoader } from "./api-handler.server";
import { apiError, conflict, notFound } from "./errors.server";
import { log } from "./log.server";
import { methodNotAllowed } from "./method-not-allowed.server";
import { answerOf, visit } from "./visit.fixture";

useTestDatabase();
// The failures below are made on purpose.
log.level = "silent";

let session = "";

beforeAll(async () => {
  const { id } = await createUser({ name: "Nazira", email: "nazira@example.com", role: "admin" });
  const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
  session = (await signIn(by)).secret;
});

const body = z.object({ payments: z.array(z.object({ reference: z.string().min(1) })) });

describe("an action under /api/", () => {
  const action = apiAction("admin", body, async ({ viewer, body: { payments } }) => ({
    by: viewer.name,
    count: BigInt(payments.length),
  }));

  test("answers in JSON, with sums as numbers", async () => {
    const answer = await action(
      visit("/api/x", { session, json: { payments: [{ reference: "8841" }] } }),
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await answer.json()).toEqual({ by: "Nazira", count: 1 });
  });

  test("names the fields that it does not accept: 422", async () => {
    const answer = await action(
      visit("/api/x", { session, json: { payments: [{ reference: "" }] } }),
    );
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({
      error: {
        code: "invalid",
        message: "Some values are not accepted.",
        fields: { "payments.0.reference": "Fill this in" },
      },
    });
  });

  test("what is no JSON is a 400, a form a 415, and nobody's a 401 before either", async () => {
    const args = visit("/api/x", { session, json: 1 });
    const broken = new Request(args.request, { body: "{", method: "POST" });
    expect((await action({ ...args, request: broken })).status).toBe(400);
    expect((await action(visit("/api/x", { session, form: { a: "1" } }))).status).toBe(415);
    expect((await action(visit("/api/x", { json: {} }))).status).toBe(401);
  });
});

describe("a failure under /api/", () => {
  const failing = (error: unknown) =>
    apiLoader("viewer", () => {
      throw error;
    })(visit("/api/x", { session }));

  test("that nobody expected says nothing but the request's id", async () => {
    const answer = await failing(new Error("SELECT * FROM secrets"));
    expect(answer.status).toBe(500);
    const { error } = (await answer.json()) as { error: unknown };
    expect(error).toEqual({
      code: "internal",
      message: "Something went wrong on our side.",
      requestId: "the-request",
    });
  });

  test("of the database's connection is a 503 that says when to come back", async () => {
    const answer = await failing(Object.assign(new Error("no"), { code: "ECONNREFUSED" }));
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
  });

  test("thrown for pages is JSON here", async () => {
    const answer = await failing(notFound());
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: "not_found" } });
  });

  test("of its own goes out as it is, with what the program needs", async () => {
    const changes = [{ issueId: 7, expected: 1, actual: null }];
    const answer = await failing(apiError(409, { message: "changed", with: { changes } }));
    expect(await answer.json()).toEqual({
      error: { code: "conflict", message: "changed" },
      changes,
    });
  });
});

test("the method that a route does not take: 405, and which it takes", async () => {
  const loader = methodNotAllowed("POST");
  const page = await answerOf((async () => loader(visit("/logout")))());
  expect(page.status).toBe(405);
  expect(page.headers.get("allow")).toBe("POST");
  const api = await answerOf((async () => loader(visit("/api/x")))());
  expect(await api.json()).toMatchObject({ error: { code: "method_not_allowed" } });
});

test("a conflict keeps its status and its data", async () => {
  const answer = await answerOf(conflict({ changed: 1 }));
  expect(answer.status).toBe(409);
  expect(await answer.json()).toEqual({ changed: 1 });
});
