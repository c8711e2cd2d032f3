import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { Refusal } from "~/domain/refusal";
import { BUILTIN_NOTES } from "~/domain/builtin-note";
import { inEveryLanguage } from "~/i18n/ready-note";
import { buildAdmin } from "../../prisma/builders";
import {
  addNoteTemplate,
  noteTemplate,
  noteTemplates,
  raiseNoteTemplate,
  removeNoteTemplate,
  rewriteNoteTemplate,
} from "./note-template.server";

useTestDatabase();

let adminId: number;
beforeAll(async () => {
  adminId = (await buildAdmin({ name: "Nazira" })).id;
});

const act = () => ({ actorId: adminId, at: new Date() });
const own = async () => (await noteTemplates()).filter(({ reason }) => reason === "wont_fix");
const texts = async () => (await own()).map(({ text }) => text);
const told = () => db().auditEntry.count({ where: { kind: "note_template_changed" } });

describe("ready-made notes", () => {
  test("come with the app, each for a reason, in the order of the keys", async () => {
    const reasons = (await noteTemplates()).map(({ reason }) => reason);
    expect([...new Set(reasons)]).toEqual(["duplicate", "cant_reproduce", "wont_fix", "rejected"]);
  });

  test("that come with the app are in every language, until the team has words of its own", async () => {
    const notes = (await noteTemplates()).map(inEveryLanguage);
    expect(notes.map(({ builtin }) => builtin).sort()).toEqual([...BUILTIN_NOTES].sort());
    for (const { texts, text } of notes) {
      expect(texts.en).toBe(text);
      expect(new Set(Object.values(texts)).size).toBe(3);
    }
    const [first] = notes;
    if (!first) throw new Error("no ready-made note");
    await rewriteNoteTemplate({ id: first.id, text: "Seen before" }, act());
    const own = await noteTemplate(first.id);
    expect(own && inEveryLanguage(own).texts).toEqual({
      en: "Seen before",
      ru: "Seen before",
      kk: "Seen before",
    });
    await db().noteTemplate.update({
      where: { id: first.id },
      data: { text: first.text, builtin: first.builtin },
    });
    await expect(
      db().noteTemplate.update({ where: { id: first.id }, data: { builtin: "unknown" } }),
    ).rejects.toThrow();
  });

  test("are added, rewritten, moved up and removed; the audit log tells each", async () => {
    const before = await texts();
    const toldBefore = await told();
    await addNoteTemplate({ reason: "wont_fix", text: "Next year" }, act());
    await addNoteTemplate({ reason: "wont_fix", text: "Next year" }, act());
    expect(await texts()).toEqual([...before, "Next year"]);
    const id = (await own()).at(-1)?.id ?? 0;
    await raiseNoteTemplate(id, act());
    expect((await texts()).at(-2)).toBe("Next year");
    await rewriteNoteTemplate({ id, text: "Next summer" }, act());
    expect(await noteTemplate(id)).toMatchObject({ text: "Next summer", reason: "wont_fix" });
    await removeNoteTemplate(id, act());
    await removeNoteTemplate(id, act());
    expect(await texts()).toEqual(before);
    expect(await noteTemplate(id)).toBe(null);
    expect(await told()).toBe(toldBefore + 4);
  });

  test("the first stays first, and what is gone is refused", async () => {
    const before = await texts();
    await raiseNoteTemplate((await own())[0]?.id ?? 0, act());
    expect(await texts()).toEqual(before);
    const gone = 2_147_483_647;
    await expect(raiseNoteTemplate(gone, act())).rejects.toBeInstanceOf(Refusal);
    await expect(rewriteNoteTemplate({ id: gone, text: "x" }, act())).rejects.toBeInstanceOf(
      Refusal,
    );
  });
});
