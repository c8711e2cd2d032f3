import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { countRows, csv, exampleCells } from "~/models/issue-import-example";
import { createUser } from "~/models/user.server";

useTestDatabase();

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tiyn-import-"));
});
afterAll(() => rm(folder, { recursive: true }));

type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the command as a person would, in the database of this test. */
function run(...given: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const args = ["--import", "tsx", "scripts/import.ts", ...given];
    execFile(process.execPath, args, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, out, err });
    });
  });
}

async function fileOf(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe("npm run import", { timeout: 300_000 }, () => {
  const rows = [1, 2, 3].map((number) => exampleCells(number));

  it("imports a file, and ends with 0", async () => {
    const file = await fileOf("good.csv", csv(rows));
    const { code, out, err } = await run(file);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [read, imported, , , , , cycles, testers] = out.split("\n").map((line) => line.trim());
    expect([read, imported]).toEqual(["3  rows read", "3  imported"]);
    expect([cycles, testers]).toEqual(["1  cycles created", "3  testers created"]);
  });

  it("reports bad rows and others worth a look, imports the rest, and ends with 1", async () => {
    const bad = { ...exampleCells(4), severity: "blocker", title: "" };
    const changed = { ...exampleCells(2), title: "Another title" };
    const file = await fileOf("bad.csv", csv([bad, changed, exampleCells(5), exampleCells(5)]));
    const { code, out, err } = await run(file);
    expect(code).toBe(1);
    expect(err.split("\n")).toEqual([
      'line 2 (EX-4): severity "blocker" is none of critical, high, medium, low [severity_unknown]; ' +
        "title is missing [title_missing]",
      'line 3 (EX-2): differs from what was imported, nothing changed: title was "Example 2", ' +
        'the file now has "Another title" [differs]',
      "line 5 (EX-5): the same row as line 4, left out [duplicate_row]",
      "",
    ]);
    expect(out).toMatch(/^ +1 {2}imported$/m);
    expect(out).toMatch(/^ +1 {2}bad$/m);
  });

  it("tells columns that it ignores", async () => {
    const text = csv([exampleCells(6)]).split("\n");
    const file = await fileOf("more.csv", `${text[0]},Assignee\n${text[1]},Timur\n`);
    expect(await run(file)).toMatchObject({ code: 0, err: "Ignored columns: assignee\n" });
  });

  it("changes nothing in a dry run", async () => {
    const before = await countRows();
    const file = await fileOf("dry.csv", csv([exampleCells(7), ...rows]));
    const { code, out } = await run(file, "--dry-run");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Dry run: nothing was changed\.\n +4 {2}rows read\n +1 {2}would be imported/,
    );
    expect(await countRows()).toEqual(before);
  });

  it("writes in the name of an admin", async () => {
    await createUser({ name: "Admin", email: "admin@example.com", role: "admin" });
    const file = await fileOf("as.csv", csv([exampleCells(8)]));
    expect(await run(file, "--as", "admin@example.com")).toMatchObject({ code: 0 });
    const { code, err } = await run(file, "--as", "tester1@example.com");
    expect(code).toBe(2);
    expect(err).toContain("--as tester1@example.com: there is no active admin");
  });

  it.each([
    [[], "Which file?"],
    [["a.csv", "b.csv"], "One file at a time"],
    [["a.csv", "--force"], "Unknown option '--force'"],
    [["/no/such.csv"], "Cannot read the file: ENOENT"],
    [["scripts"], "Cannot read the file: EISDIR"],
    [["package.json"], "The header lacks the columns external_id"],
  ])("ends with 2 where it cannot begin: %j", async (given, message) => {
    const { code, err } = await run(...given);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
