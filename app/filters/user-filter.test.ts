import { expect, test } from "vitest";
import { readUserFilter, readUserPlace } from "./user-filter";

const params = (text: string) => new URLSearchParams(text);

test("what is unknown falls to the default", () => {
  const nothing = { q: null, role: null, state: null };
  expect(readUserFilter(params(""))).toEqual(nothing);
  expect(readUserFilter(params("q=%20%00&role=owner&state=id;drop"))).toEqual(nothing);
  expect(readUserFilter(params("q=+Aibek+&role=admin&state=invited"))).toEqual({
    ...{ q: "Aibek", role: "admin", state: "invited" },
  });
  expect(readUserFilter(params(`q=${"x".repeat(1_000)}`)).q).toHaveLength(200);
});

test("a place is a person, before or after", () => {
  expect(readUserPlace(params("after=7"))).toEqual({ direction: "after", id: 7 });
  expect(readUserPlace(params("before=7"))).toEqual({ direction: "before", id: 7 });
  for (const bad of ["after=-1", "after=0", "before=99999999999", "after=1e3", "after=7'--"])
    expect(readUserPlace(params(bad))).toBeNull();
});
