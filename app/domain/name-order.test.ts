import { expect, test } from "vitest";
import { byName } from "./name-order";

const sorted = (...names: string[]) =>
  names
    .map((name, id) => ({ id, name }))
    .sort(byName)
    .map(({ name }) => name);

test("Kazakh and Russian names stand where one looks for them", () => {
  expect(
    sorted("Яна", "Әсем", "Борис", "Айбек", "Ёлкин", "Жанар", "Еркін", "Өмір", "Олег"),
  ).toEqual(["Айбек", "Әсем", "Борис", "Еркін", "Ёлкин", "Жанар", "Олег", "Өмір", "Яна"]);
});

test("small letters do not come after large ones, and numbers count", () => {
  expect(sorted("dana", "Aibek", "Timur", "Nazira")).toEqual(["Aibek", "dana", "Nazira", "Timur"]);
  expect(sorted("Sprint 10", "sprint 2", "Sprint 1")).toEqual([
    "Sprint 1",
    "sprint 2",
    "Sprint 10",
  ]);
});

test("namesakes stand in the order they came", () => {
  expect(
    [
      { id: 2, name: "Дана" },
      { id: 1, name: "Дана" },
    ].sort(byName)[0]?.id,
  ).toBe(1);
});
