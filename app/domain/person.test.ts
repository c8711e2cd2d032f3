import { describe, expect, test } from "vitest";
import { deactivationProblem, roleChangeProblem } from "./person";
import { viewAsProblem } from "./view-as";

const NAZIRA = 1;
const admin = { id: 2, role: "admin", active: true } as const;
const tester = { id: 3, role: "tester", active: true } as const;
const gone = { id: 4, role: "tester", active: false } as const;

describe("a role", () => {
  test("is given to somebody active", () => {
    expect(roleChangeProblem(NAZIRA, tester, "admin", 1)).toBeNull();
    expect(roleChangeProblem(NAZIRA, gone, "admin", 1)).toBe("deactivated");
    expect(roleChangeProblem(NAZIRA, admin, "admin", 1)).toBe("unchanged");
  });

  test("is taken from another admin while one remains, never from oneself", () => {
    expect(roleChangeProblem(NAZIRA, admin, "tester", 1)).toBeNull();
    expect(roleChangeProblem(NAZIRA, admin, "tester", 0)).toBe("last_admin");
    expect(roleChangeProblem(admin.id, admin, "tester", 5)).toBe("oneself");
  });
});

describe("an account", () => {
  test("is deactivated by another, unless it is the last admin's", () => {
    expect(deactivationProblem(NAZIRA, tester, 0)).toBeNull();
    expect(deactivationProblem(NAZIRA, admin, 1)).toBeNull();
    expect(deactivationProblem(NAZIRA, admin, 0)).toBe("last_admin");
    expect(deactivationProblem(admin.id, admin, 5)).toBe("oneself");
    expect(deactivationProblem(NAZIRA, gone, 1)).toBe("unchanged");
  });

  test("is viewed as when it is another's, a tester's and active", () => {
    expect(viewAsProblem(NAZIRA, tester)).toBeNull();
    expect(viewAsProblem(NAZIRA, admin)).toBe("not_tester");
    expect(viewAsProblem(NAZIRA, gone)).toBe("deactivated");
    expect(viewAsProblem(tester.id, tester)).toBe("oneself");
  });
});
