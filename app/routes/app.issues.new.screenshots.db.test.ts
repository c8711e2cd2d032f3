import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { Upload } from "~/http/upload.server";
import { answerOf, visit } from "~/http/visit.fixture";
import { hugePng } from "~/models/picture.fixture";
import { buildCycle, buildTester } from "../../prisma/builders";
import * as fresh from "./app.issues.new";
import { type Form, goodForm } from "./issue-pages.fixture";
import { type Answer, filed, send, shots, sixPhotos } from "./screenshot-forms.fixture";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

let aibek: Person;
let cycle: { id: number };
let photos: Buffer[];

beforeAll(async () => {
  aibek = await signedIn(buildTester, "Aibek");
  cycle = await buildCycle({ testers: [aibek] });
  photos = await sixPhotos();
});

const good = (): Form => goodForm(cycle);
const file = (form: Form, ...files: (Buffer | string)[]) =>
  send(aibek, "/app/issues/new", form, files);
const post = (issueId: number, form: Form, ...files: (Buffer | string)[]) =>
  send(aibek, `/app/issues/${issueId}`, form, files);

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
