import type { ServerBuild } from "@remix-run/node";
import { expect, test } from "vitest";
import { routeFinder } from "./route-pattern";

const route = (id: string, path?: string, index?: boolean, parentId = "root") => ({
  [id]: { id, path, index, parentId, module: {} },
});

const find = routeFinder({
  root: { id: "root", path: "", module: {} },
  ...route("start", undefined, true),
  ...route("issues", "app/issues"),
  ...route("issue", ":id", false, "issues"),
  ...route("invite", "invite/:token"),
  ...route("elsewhere", "*"),
} as unknown as ServerBuild["routes"]);

test.each([
  ["/", "/"],
  ["/_root.data", "/ (data)"],
  ["/app/issues", "/app/issues"],
  ["/app/issues/17", "/app/issues/:id"],
  ["/app/issues/17.data", "/app/issues/:id (data)"],
  ["/invite/a-secret", "/invite/:token"],
  ["/nowhere/a-secret", "/*"],
  ["/assets/app-1234.css", "/assets/*"],
])("%s is logged as %s", (pathname, pattern) => {
  for (let time = 0; time < 2; time++) expect(find(pathname)).toBe(pattern);
});
