import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { db } from "~/database/client.server";
import { Upload } from "~/http/upload.server";
import { answerOf, visit } from "~/http/visit.fixture";
import { asPhoneWouldWrite, testPhoto } from "~/models/picture.fixture";
import * as one from "./app.issues.$id";
import * as fresh from "./app.issues.new";
import type { Form } from "./issue-pages.fixture";
import type { Person } from "./signed-in.fixture";

export type Answer = {
  errors: Form;
  values: Form;
  draft: { id: number; screenshots: { position: number; hash: string }[] } | null;
  similar?: { issues: { id: number }[]; seen: string } | null;
};

/** Six small ones: one more than an issue takes. */
export function sixPhotos(): Promise<Buffer[]> {
  const size = { width: 60, height: 40 };
  return Promise.all(
    [40, 60, 80, 100, 120, 140].map((mean) => asPhoneWouldWrite(testPhoto({ ...size, mean }))),
  );
}

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

/** Posts the form of `/app/issues/new` or `/app/issues/<id>` with these files. */
export async function send(
  who: Person,
  path: string,
  form: Form,
  files: readonly (Buffer | string)[],
): Promise<Response> {
  const [, id = ""] = /(\d+)$/.exec(path) ?? [];
  const args = visit(path, { session: who.session, form, params: { id } });
  args.context.upload = await uploaded(...files);
  const answer = await answerOf(id ? one.action(args) : fresh.action(args));
  await args.context.upload.close();
  return answer;
}

export const shots = (issueId: number) =>
  db().screenshot.findMany({ where: { issueId }, orderBy: { position: "asc" } });

/** The number of the issue that the form has filed. */
export async function filed(answer: Response): Promise<number> {
  expect(answer.status).toBe(303);
  return Number(/\d+$/.exec(answer.headers.get("location") ?? "")?.[0]);
}
