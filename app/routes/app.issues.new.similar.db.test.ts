import { beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import { type Form, goodForm } from "./issue-pages.fixture";
import { type Answer, filed, send, sixPhotos } from "./screenshot-forms.fixture";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

let aibek: Person;
let dana: Person;
let cycle: { id: number };
let photos: Buffer[];

beforeAll(async () => {
  aibek = await signedIn(buildTester, "Aibek");
  dana = await signedIn(buildTester, "Dana");
  cycle = await buildCycle({ testers: [aibek, dana] });
  photos = await sixPhotos();
});

const good = (): Form => goodForm(cycle);
const file = (form: Form, ...files: (Buffer | string)[]) =>
  send(aibek, "/app/issues/new", form, files);
const post = (issueId: number, form: Form, ...files: (Buffer | string)[]) =>
  send(aibek, `/app/issues/${issueId}`, form, files);

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
