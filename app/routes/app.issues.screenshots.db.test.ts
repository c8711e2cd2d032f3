import { randomUUID } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { Upload } from "~/http/upload.server";
import { answerOf, visit } from "~/http/visit.fixture";
import { approveIssue } from "~/models/decision.server";
import { asPhoneWouldWrite, hugePng, testPhoto } from "~/models/picture.fixture";
import { signIn } from "~/models/sign-in.server";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import * as one from "./app.issues.$id";
import * as picture from "./app.issues.$id_.screenshots.$n";
import * as fresh from "./app.issues.new";

useTestDatabase();

type Person = { id: number; session: string };
type Form = Record<string, string>;
type Answer = {
  errors: Form;
  values: Form;
  draft: { id: number; screenshots: { position: number; hash: string }[] } | null;
  similar?: { issues: { id: number }[]; seen: string } | null;
};

let aibek: Person;
let dana: Person;
let nazira: Person;
let cycle: { id: number };
let photos: Buffer[];

async function person(build: typeof buildTester, name: string): Promise<Person> {
  const { id } = await build({ name });
  const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
  return { id, session: (await signIn(by)).secret };
}

beforeAll(async () => {
  aibek = await person(buildTester, "Aibek");
  dana = await person(buildTester, "Dana");
  nazira = await person(buildAdmin, "Nazira");
  cycle = await buildCycle({ testers: [aibek, dana] });
  const size = { width: 60, height: 40 };
  photos = await Promise.all(
    [40, 60, 80, 100, 120, 140].map((mean) => asPhoneWouldWrite(testPhoto({ ...size, mean }))),
  );
});

/** Files as the server in front puts them aside. */
async function uploaded(...contents: readonly (Buffer | string)[]): Promise<Upload> {
  const upload = new Upload();
  const folder = await mkdtemp(join(tmpdir(), "tiyn-upload-"));
  upload.putIn(folder);
  for (const [index, content] of contents.slice(0, 5).entries()) {
    const path = join(folder, String(index));
    await writeFile(path, content);
    upload.files.push({ name: `${index + 1}.png`, path, tooLarge: false });
  }
  upload.tooMany = contents.length > 5;
  return upload;
}

async function send(who: Person, path: string, form: Form, files: readonly (Buffer | string)[]) {
  const [, id = ""] = /(\d+)$/.exec(path) ?? [];
  const args = visit(path, { session: who.session, form, params: { id } });
  args.context.upload = await uploaded(...files);
  const answer = await answerOf(id ? one.action(args) : fresh.action(args));
  await args.context.upload.close();
  return answer;
}

const good = (): Form => ({
  ...{ intent: "file", key: randomUUID(), cycleId: String(cycle.id), severity: "high" },
  ...{ title: randomUUID(), body: "1. Pay" },
});
const file = (form: Form, ...files: (Buffer | string)[]) =>
  send(aibek, "/app/issues/new", form, files);
const post = (issueId: number, form: Form, ...files: (Buffer | string)[]) =>
  send(aibek, `/app/issues/${issueId}`, form, files);

const shots = (issueId: number) =>
  db().screenshot.findMany({ where: { issueId }, orderBy: { position: "asc" } });

async function filed(answer: Response): Promise<number> {
  expect(answer.status).toBe(303);
  return Number(/\d+$/.exec(answer.headers.get("location") ?? "")?.[0]);
}

const open = (who: Person, issueId: number, query = "", n = "1", method = "GET") => {
  const params = { id: String(issueId), n };
  const path = `/app/issues/${issueId}/screenshots/${n}${query}`;
  const args = visit(path, { session: who.session, params });
  const request = new Request(args.request, { method });
  return answerOf(picture.loader({ ...args, request }));
};

describe("filing with screenshots", () => {
  test("keeps them in order, without where they were taken, in one event", async () => {
    const id = await filed(await file(good(), ...photos.slice(0, 2)));
    const kept = await shots(id);
    expect(kept.map(({ position, uploadedById }) => [position, uploadedById])).toEqual([
      [1, aibek.id],
      [2, aibek.id],
    ]);
    for (const { picture, thumbnail } of kept)
      for (const data of [picture, thumbnail])
        expect(Buffer.from(data).includes("Redmi")).toBe(false);
    expect(kept[0]).toMatchObject({ width: 40, height: 60 });
    expect(await db().issueEvent.count({ where: { issueId: id } })).toBe(1);
  });

  test("twice by a double tap files one issue with each picture once", async () => {
    const form = good();
    const [a, b] = await Promise.all([
      file(form, ...photos.slice(0, 2)),
      file(form, ...photos.slice(0, 2)),
    ]);
    const ids = [await filed(a), await filed(b)];
    expect(ids[0]).toBe(ids[1]);
    expect(await shots(ids[0] ?? 0)).toHaveLength(2);
  });

  test.each<[string, Buffer | string, RegExp]>([
    ["HTML", "<!doctype html>", /^2\.png is not a picture/],
    ["SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>", /^2\.png is not a picture/],
    ["a zip", Buffer.from("504b0304", "hex"), /^2\.png is not a picture/],
    ["30,000 × 30,000 pixels", hugePng(30_000, 30_000), /^2\.png has more pixels/],
    ["an iPhone's HEIC", "\0\0\0\x18ftypheic\0\0\0\0", /HEIC.*JPEG/],
  ])(
    "%s among them: 422, and the good ones wait in a draft with the text",
    async (_what, bad, error) => {
      const form = good();
      const answer = await file(form, photos[0] ?? "", bad);
      expect(answer.status).toBe(422);
      const { errors, values, draft } = (await answer.json()) as Answer;
      expect(errors.screenshots).toMatch(error);
      expect(values).toMatchObject({ title: form.title, body: form.body, severity: "high" });
      expect(draft?.screenshots).toHaveLength(1);
      const issue = await db().issue.findUniqueOrThrow({ where: { id: draft?.id } });
      expect(issue).toMatchObject({ status: "draft", title: form.title, testerId: aibek.id });
    },
  );

  test("a sixth file: 422, five are kept", async () => {
    const answer = await file(good(), ...photos);
    expect(answer.status).toBe(422);
    const { errors, draft } = (await answer.json()) as Answer;
    expect(errors.screenshots).toMatch(/at most 5/);
    expect(draft?.screenshots).toHaveLength(5);
  });

  test("with mistakes in the text, too long a title and no severity, loses no picture", async () => {
    const form = { ...good(), severity: "", title: "t".repeat(300), cycleId: "" };
    const answer = await file(form, photos[0] ?? "");
    const { errors, values, draft } = (await answer.json()) as Answer;
    expect(answer.status).toBe(422);
    expect(Object.keys(errors).sort()).toEqual(["cycleId", "severity", "title"]);
    expect(values).toMatchObject({ title: form.title, severity: "" });
    expect(draft?.screenshots).toHaveLength(1);
    const submit = { ...good(), intent: "submit" };
    const id = draft?.id ?? 0;
    expect(await filed(await post(id, submit))).toBe(id);
    expect(await shots(id)).toHaveLength(1);
    expect(await db().issue.findUnique({ where: { id } })).toMatchObject({ status: "open" });
  });
});

describe("what looks the same", () => {
  test("is offered once, and then filed anyway", async () => {
    const first = await filed(await file({ ...good(), title: "Оплата картой Kaspi не проходит" }));
    const form = { ...good(), title: "Оплата картой Kaspi не проходит на Android" };
    const answer = await file(form, photos[0] ?? "");
    expect(answer.status).toBe(422);
    const { errors, similar, draft } = (await answer.json()) as Answer;
    expect(errors).toEqual({});
    expect(similar?.issues.map(({ id }) => id)).toEqual([first]);
    const submit = { ...form, intent: "submit", seen: similar?.seen ?? "" };
    expect(await filed(await post(draft?.id ?? 0, submit))).toBe(draft?.id);
  });

  test("is never what somebody else filed, nor the double tap of the same form", async () => {
    const title = "Balance shows yesterday's figures";
    await buildIssue({ tester: dana, cycle, title });
    const form = { ...good(), title };
    const id = await filed(await file(form));
    expect(await filed(await file(form))).toBe(id);
  });
});

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
    const anonymous = await open({ id: 0, session: "x".repeat(43) }, id);
    expect(anonymous.status).toBe(302);
  });
});

test("a form with files after its session: 401, the text is kept and the files are asked for again", async () => {
  const form = { ...good(), title: "Payment fails" };
  const args = visit("/app/issues/new", { session: "x".repeat(43), form });
  args.context.upload = new Upload();
  args.context.upload.turnedAway = true;
  const answer = await answerOf(fresh.action(args));
  expect(answer.status).toBe(401);
  const { kept } = (await answer.json()) as { kept: { hadFiles?: boolean; fields: unknown } };
  expect(kept.hadFiles).toBe(true);
  expect(JSON.stringify(kept.fields)).toContain("Payment fails");
});

test("pictures are what they say", async () => {
  const { format } = await sharp(
    Buffer.from((await shots(await filed(await file(good(), photos[0] ?? ""))))[0]?.picture ?? []),
  ).metadata();
  expect(format).toBe("webp");
});
