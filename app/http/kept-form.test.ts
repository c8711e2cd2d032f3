import { expect, test } from "vitest";
import { keepForm, keptFormIn, keptFormOf } from "./kept-form";

function form(...fields: [string, string | Blob][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

test("survives the sign-in form, repeated names and all", () => {
  const kept = keepForm(
    "/app/issues/7?x=1",
    form(["issue", "1"], ["issue", "2"], ["note", "a\nb"]),
  );
  const carried = form(["email", "a"], ["password", "b"], ["kept-path", "/app/issues/7?x=1"]);
  for (const [name, value] of kept?.fields ?? []) carried.append(`kept:${name}`, value);
  expect(keptFormIn(carried)).toEqual(kept);
});

test("never holds a password or the old token", () => {
  const fields: [string, string][] = [
    ["newPassword", "a"],
    ["csrf", "b"],
    ["note", "c"],
  ];
  expect(keepForm("/app", form(...fields))?.fields).toEqual([["note", "c"]]);
  const carried = fields.map(([name, value]): [string, string] => [`kept:${name}`, value]);
  expect(keptFormIn(form(["kept-path", "/app"], ...carried))?.fields).toEqual([["note", "c"]]);
});

test("is let go when it is too large, or holds files", () => {
  const rows = Array.from({ length: 1_001 }, (_, index): [string, string] => ["issue", `${index}`]);
  expect(keepForm("/app", form(...rows))).toBeNull();
  expect(keepForm("/app", form(["file", new Blob(["x"])]))).toBeNull();
});

test("leads nowhere but to this site", () => {
  for (const path of ["https://evil.example/", "//evil.example", "/\\evil", "javascript:alert(1)"])
    expect(keptFormIn(form(["kept-path", path], ["kept:a", "1"]))).toBeNull();
  expect(keptFormIn(form(["email", "a"]))).toBeNull();
});

test("is recognised in an error's data, and nothing else is", () => {
  const kept = { path: "/app", fields: [] };
  expect(keptFormOf({ kept })).toEqual(kept);
  for (const data of [
    null,
    "kept",
    { kept: null },
    { kept: {} },
    { kept: { path: 1, fields: [] } },
  ])
    expect(keptFormOf(data)).toBeNull();
});
