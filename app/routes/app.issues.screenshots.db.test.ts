import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { approveIssue } from "~/models/decision.server";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import * as picture from "./app.issues.$id_.screenshots.$n";
import { type Form, goodForm } from "./issue-pages.fixture";
import { type Answer, filed, send, shots, sixPhotos } from "./screenshot-forms.fixture";
import { NOBODY, type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

let aibek: Person;
let dana: Person;
let nazira: Person;
let cycle: { id: number };
let photos: Buffer[];

beforeAll(async () => {
  aibek = await signedIn(buildTester, "Aibek");
  dana = await signedIn(buildTester, "Dana");
  nazira = await signedIn(buildAdmin, "Nazira");
  cycle = await buildCycle({ testers: [aibek, dana] });
  photos = await sixPhotos();
});

const good = (): Form => goodForm(cycle);
const file = (form: Form, ...files: (Buffer | string)[]) =>
  send(aibek, "/app/issues/new", form, files);
const post = (issueId: number, form: Form, ...files: (Buffer | string)[]) =>
  send(aibek, `/app/issues/${issueId}`, form, files);

const open = (who: Person, issueId: number, query = "", n = "1", method = "GET") => {
  const params = { id: String(issueId), n };
  const path = `/app/issues/${issueId}/screenshots/${n}${query}`;
  const args = visit(path, { session: who.session, params });
  const request = new Request(args.request, { method });
  return answerOf(picture.loader({ ...args, request }));
};

describe("screenshots of one's own issue", () => {
  test("come and go while it is open; the history says so; then they stay", async () => {
    const id = await filed(await file(good(), ...photos.slice(0, 3)));
    const text = { intent: "edit", title: "Better title", body: "" };
    expect((await post(id, text, photos[3] ?? "")).status).toBe(303);
    expect(await shots(id)).toHaveLength(4);
    const [, second] = await shots(id);
    const remove = { ...text, intent: `remove:${second?.hash.slice(0, 16)}`, title: "not saved" };
    const removed = await post(id, remove);
    expect(removed.status).toBe(200);
    expect(((await removed.json()) as Answer).values.title).toBe("not saved");
    expect((await shots(id)).map(({ position }) => position)).toEqual([1, 3, 4]);
    // Pressed again on the old page: nothing else goes.
    await post(id, remove);
    expect(await shots(id)).toHaveLength(3);
    await post(id, text, photos[4] ?? "");
    expect((await shots(id)).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    const events = await db().issueEvent.findMany({
      where: { issueId: id },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ kind, detail }) => [kind, detail])).toEqual([
      ["filed", null],
      ["edited", { edited: "both" }],
      ["edited", { edited: "pictures" }],
      ["edited", { edited: "pictures" }],
    ]);
    await approveIssue({ issueId: id }, { actorId: nazira.id, at: new Date() });
    const [first] = await shots(id);
    const late = { ...text, intent: `remove:${first?.hash.slice(0, 16)}` };
    expect((await post(id, late)).status).toBe(409);
    expect((await post(id, text, photos[5] ?? "")).status).toBe(409);
    expect(await shots(id)).toHaveLength(4);
  });

  test("beyond five: 422, and those that fit are in", async () => {
    const id = await filed(await file(good(), ...photos.slice(0, 4)));
    const answer = await post(id, { intent: "edit", title: "x", body: "" }, ...photos.slice(4));
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as Answer).errors.screenshots).toMatch(/at most 5/);
    expect(await shots(id)).toHaveLength(5);
  });

  test("are nobody else's to add or remove", async () => {
    const id = await filed(await file(good(), photos[0] ?? ""));
    const [shot] = await shots(id);
    const intent = `remove:${shot?.hash.slice(0, 16)}`;
    expect((await send(dana, `/app/issues/${id}`, { intent }, [])).status).toBe(404);
    expect((await send(nazira, `/app/issues/${id}`, { intent }, [])).status).toBe(403);
    const edit = { intent: "edit", title: "x" };
    expect((await send(nazira, `/app/issues/${id}`, edit, [photos[1] ?? ""])).status).toBe(403);
    expect(await shots(id)).toHaveLength(1);
  });
});

describe("a screenshot by itself", () => {
  test("is a picture that can do nothing, for those who may see the issue", async () => {
    const id = await filed(await file(good(), photos[0] ?? ""));
    const [shot] = await shots(id);
    const version = shot?.hash.slice(0, 16) ?? "";
    for (const who of [aibek, nazira]) {
      const answer = await open(who, id, `?v=${version}`);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-type": "image/webp",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "cache-control": "private, max-age=31536000, immutable",
      });
      const body = Buffer.from(await answer.arrayBuffer());
      expect(body.length).toBe(Number(answer.headers.get("content-length")));
      expect(body.subarray(8, 12).toString()).toBe("WEBP");
      expect(body.equals(Buffer.from(shot?.picture ?? []))).toBe(true);
    }
    const thumbnail = await open(aibek, id, `?v=${version}&size=thumbnail`);
    expect(Number(thumbnail.headers.get("content-length"))).toBe(shot?.thumbnail.length);
    expect((await open(aibek, id)).headers.get("cache-control")).toBe("private, no-cache");
    const head = await open(aibek, id, `?v=${version}`, "1", "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
      200,
      String(shot?.bytes),
      "",
    ]);
  });

  test("is not there for others, with the same words as one that does not exist", async () => {
    const id = await filed(await file(good(), photos[0] ?? ""));
    const draft = await buildIssue({ tester: aibek, cycle, draft: true });
    await post(draft.id, { ...good(), intent: "save" }, photos[0] ?? "");
    for (const [who, issueId, query, n] of [
      [dana, id, "", "1"],
      [nazira, draft.id, "", "1"],
      [aibek, id, "", "2"],
      [aibek, id, "", "0"],
      [aibek, id, "", "1e0"],
      [aibek, id, "?v=0123456789abcdef", "1"],
      [aibek, id, "?v=", "1"],
    ] as const) {
      const answer = await open(who, issueId, query, n);
      expect([answer.status, await answer.text()]).toEqual([404, ""]);
    }
    expect((await open(aibek, draft.id)).status).toBe(200);
    const anonymous = await open(NOBODY, id);
    expect(anonymous.status).toBe(302);
  });
});
