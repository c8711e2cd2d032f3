import { describe, expect, test } from "vitest";
import { accessTo, mayDo, mayOpen, RIGHTS, rightsAt } from "./permission";

describe("the table of rights", () => {
  test("gives nothing below /app/admin and /api/admin to anybody but admins", () => {
    for (const [path, rights] of Object.entries(RIGHTS)) {
      if (!/^\/(app|api)\/admin(\/|$)/.test(path)) continue;
      for (const [method, access] of Object.entries(rights))
        expect([path, method, access]).toEqual([path, method, "admin"]);
    }
  });

  test("gives nothing below /app to the anonymous", () => {
    for (const [path, rights] of Object.entries<object>(RIGHTS))
      if (path.startsWith("/app")) expect(Object.values(rights), path).not.toContain("anyone");
  });

  test("finds the line that says most about an address", () => {
    expect(rightsAt("/app/issues/new")).toBe(RIGHTS["/app/issues/new"]);
    expect(rightsAt("/app/issues/12")).toBe(RIGHTS["/app/issues/:id"]);
    expect(rightsAt("/app/test-cycles/balance")).toBe(RIGHTS["/app/test-cycles/balance"]);
    expect(rightsAt("/app/test-cycles/7")).toBe(RIGHTS["/app/test-cycles/:id"]);
    expect(rightsAt("/api/nothing/here")).toBe(RIGHTS["/api/*"]);
    expect(rightsAt("/nothing")).toBe(RIGHTS["/*"]);
    expect(rightsAt("/")).toBe(RIGHTS["/"]);
  });

  test("is no freer with an address that it does not know than with its neighbours", () => {
    expect(accessTo("/app/admin/unheard-of", "GET")).toBe("admin");
    expect(accessTo("/api/admin", "POST")).toBe("admin");
    expect(accessTo("/app/unheard-of", "GET")).toBe("user");
    expect(accessTo("/app/administration", "GET")).toBe("user");
    expect(accessTo("/app/admin/payouts/voids", "POST")).toBe("admin");
  });

  test("is what the navigation asks", () => {
    expect(mayOpen("tester", "/app/admin/triage?after=2")).toBe(false);
    expect(mayOpen("admin", "/app/admin/triage?after=2")).toBe(true);
    expect(mayOpen("tester", "/app/issues")).toBe(true);
    expect(mayOpen(null, "/app/issues")).toBe(false);
    expect(mayOpen("tester", "/logout")).toBe(false);
  });

  test("knows what only admins do on a page that testers open too", () => {
    expect(mayDo("admin", "decideIssue")).toBe(true);
    expect(mayDo("tester", "decideIssue")).toBe(false);
    expect(mayDo(null, "decideIssue")).toBe(false);
  });
});
