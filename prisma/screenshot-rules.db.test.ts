/** Screenshots and comments in plain SQL: the quota, who may add, and until when (DESIGN 4). */
import { describe, expect, test } from "vitest";
import { file, move, approve, reject, type World } from "./rules-fixture";
import {
  appendOnly,
  check,
  expectAccepted,
  expectRefused,
  illegal,
  unique,
  useWorld,
} from "./rules-refusal";
import { type Columns, inTransaction, one } from "./rules-sql";

const world = useWorld();
const hash = (letter: string) => letter.repeat(64);

async function addShot(w: World, issueId: number, change: Columns = {}): Promise<void> {
  const shot: Columns = {
    ...{ issue_id: issueId, position: 1, uploaded_by: w.tester, hash: hash("a") },
    ...{ width: 2, height: 2, bytes: 3, thumbnail_width: 1, thumbnail_height: 1 },
    ...{ picture: "\\x010203", thumbnail: "\\x01" },
    ...change,
  };
  const names = Object.keys(shot);
  const marks = names.map((_, at) => `$${at + 1}`);
  const text = `INSERT INTO screenshots (${names.join()}) VALUES (${marks.join()})`;
  await w.sql.query(text, Object.values(shot));
}

const filed = (issue: Columns = {}) => inTransaction(world(), () => file(world(), { issue }));

describe("a screenshot", () => {
  test("is one of five places, each taken once, and no picture twice", async () => {
    const id = await filed();
    await addShot(world(), id);
    for (const [change, refusal] of [
      [{ position: 0, hash: hash("b") }, check("screenshots_quota")],
      [{ position: 6, hash: hash("b") }, check("screenshots_quota")],
      [{ hash: hash("b") }, unique("screenshots_position_key")],
      [{ position: 2 }, unique("screenshots_hash_key")],
      [{ position: 2, hash: "g".repeat(64) }, check("screenshots_hash_shape")],
      [{ position: 2, hash: hash("b"), bytes: 4 }, check("screenshots_size")],
      [{ position: 2, hash: hash("b"), width: 0 }, check("screenshots_size")],
    ] as const)
      await expectRefused(world(), () => addShot(world(), id, change), refusal);
    await expectAccepted(world(), () => addShot(world(), id, { position: 5, hash: hash("b") }));
  });

  test("comes from the tester of the issue", async () => {
    const id = await filed();
    for (const uploaded_by of [world().admin, world().otherTester])
      await expectRefused(
        world(),
        () => addShot(world(), id, { uploaded_by }),
        illegal("screenshots_by_own_tester"),
      );
  });

  test.each([
    ["approved", approve()],
    ["rejected", reject()],
    ["triaged", { kind: "status_changed", status: "triaged" }],
  ])("of an issue that is %s neither comes nor goes", async (_state, step) => {
    const id = await filed();
    await addShot(world(), id);
    await inTransaction(world(), () => move(world(), id, step));
    const late = illegal("screenshots_while_editable");
    const another = { position: 2, hash: hash("b") };
    await expectRefused(world(), () => addShot(world(), id, another), late);
    const remove = `DELETE FROM screenshots WHERE issue_id = ${id}`;
    await expectRefused(world(), () => world().sql.query(remove), late);
  });

  test("can be taken away from a draft, and is never changed", async () => {
    const id = await filed({ status: "draft", title: "" });
    await addShot(world(), id);
    const change = `UPDATE screenshots SET position = 2 WHERE issue_id = ${id}`;
    await expectRefused(world(), () => world().sql.query(change), appendOnly("screenshots"));
    const all = "TRUNCATE screenshots";
    await expectRefused(world(), () => world().sql.query(all), appendOnly("screenshots"));
    await world().sql.query(`DELETE FROM screenshots WHERE issue_id = ${id}`);
    const left = await one(
      world(),
      "SELECT count(*)::int AS n FROM screenshots WHERE issue_id = $1",
      id,
    );
    expect(left).toEqual({ n: 0 });
  });
});

describe("a comment", () => {
  const add = (issueId: number, change: Columns = {}) => {
    const comment: Columns = { body: "Which phone?", author_id: world().tester, key: "c1" };
    const { body = null, author_id = null, key = null } = { ...comment, ...change };
    return world().sql.query(
      "INSERT INTO issue_comments (issue_id, author_id, body, key) VALUES ($1, $2, $3, $4)",
      [issueId, author_id, body, key],
    );
  };

  test("is between the tester and admins, of a filed issue", async () => {
    const id = await filed();
    const foreign = illegal("issue_comments_between_tester_and_admins");
    await expectAccepted(world(), () => add(id));
    await expectAccepted(world(), () => add(id, { author_id: world().otherAdmin }));
    await expectRefused(world(), () => add(id, { author_id: world().otherTester }), foreign);
    const draft = await filed({ status: "draft" });
    await expectRefused(world(), () => add(draft), foreign);
  });

  test("says something, not too much, and once", async () => {
    const id = await filed();
    for (const body of [" \n", "x".repeat(4_001)])
      await expectRefused(world(), () => add(id, { body }), check("issue_comments_body_present"));
    await add(id, { key: "twice" });
    await expectRefused(world(), () => add(id, { key: "twice" }), unique("issue_comments_key"));
  });
});
