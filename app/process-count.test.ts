import { expect, test } from "vitest";
import { MOST_PROCESSES, poolSizeFor, usualProcesses } from "./process-count";

const GB = 1024 ** 3;

test("a small server has one process", () => {
  expect(usualProcesses({ cores: 1, memory: 0.5 * GB })).toBe(1);
  expect(usualProcesses({ cores: 2, memory: 8 * GB })).toBe(1);
  expect(usualProcesses({ cores: 8, memory: 1.5 * GB })).toBe(1);
});

test("a larger one leaves a core to PostgreSQL, and has four at most by itself", () => {
  expect(usualProcesses({ cores: 3, memory: 8 * GB })).toBe(2);
  expect(usualProcesses({ cores: 4, memory: 2 * GB })).toBe(2);
  expect(usualProcesses({ cores: 4, memory: 8 * GB })).toBe(3);
  expect(usualProcesses({ cores: 64, memory: 256 * GB })).toBe(4);
});

test("all processes together never want more connections than the embedded database has", () => {
  expect(poolSizeFor(1)).toBe(12);
  expect(poolSizeFor(4)).toBe(12);
  expect(poolSizeFor(8)).toBe(6);
  for (let count = 1; count <= MOST_PROCESSES; count++) {
    expect(poolSizeFor(count) * count).toBeLessThanOrEqual(48);
    // Some work holds one connection and asks for another.
    expect(poolSizeFor(count)).toBeGreaterThanOrEqual(3);
  }
});
