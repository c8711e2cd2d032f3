import { data } from "@remix-run/node";
import { issueText, LONGEST_BODY, LONGEST_TITLE, newIssueForms } from "~/forms/issue-form";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import type { T } from "~/i18n/translator";
import { keepAsDraft } from "~/models/issue-draft-keeping.server";
import { fileOnce } from "~/models/issue-filing-once.server";
import { type ScreenshotFacts, screenshotsOf } from "~/models/screenshot.server";
import type { Picture } from "~/models/screenshot-picture.server";
import { badRequest } from "./errors.server";
import { filingErrors, typedIssue } from "./filing-refusal.server";
import { redirectWithFlash } from "./flash.server";
import type { SimilarOffer } from "./issue-answer";
import { issuePath } from "./paths";
import { receivedPictures } from "./received-pictures.server";
import { similarOffer } from "./similar-offer.server";
import { suggestSoon } from "./suggest-soon.server";
import type { Upload } from "./upload.server";

/** The form again: what is wrong, what was typed, and the draft that its pictures are kept in. */
export type FilingAnswer = {
  readonly errors: FieldErrors;
  readonly values: FieldValues;
  readonly draft: { readonly id: number; readonly screenshots: readonly ScreenshotFacts[] } | null;
  readonly similar: SimilarOffer | null;
};

export type FilingPost = {
  form: FormData;
  upload: Upload | null;
  viewer: { id: number };
  at: Date;
  t: T;
};

/** The two buttons of /app/issues/new. Throws 400. */
export async function filingPost(post: FilingPost) {
  const { form, viewer, at, t } = post;
  const draft = form.get("intent") === "draft";
  if (!draft && form.get("intent") !== "file") throw badRequest();
  const { pictures, error } = await receivedPictures(post.upload, [], t);
  const parsed = parseForm(draft ? newIssueForms.draft : newIssueForms.file, form, t);
  if (!parsed.ok || error !== null) {
    const errors = { ...(parsed.ok ? {} : parsed.errors), ...(error && { screenshots: error }) };
    return formAgain(post, pictures, { errors, status: 422 });
  }
  const filing = { ...issueText(parsed.value, t("issues.outline")), draft, pictures };
  if (!draft) {
    const similar = await similarOffer({ form, testerId: viewer.id, issueId: null, ...filing });
    if (similar) return formAgain(post, pictures, { errors: {}, similar, status: 422 });
  }
  try {
    const { id, asPosted } = await fileOnce(filing, { actorId: viewer.id, at });
    if (!draft) await suggestSoon(id);
    const text = t(draft ? "issues.flash.draft" : "issues.flash.filed", { id: String(id) });
    if (asPosted) return await redirectWithFlash(issuePath(id), { tone: "success", text });
    const errors = { form: t("issues.alreadyFiled", { id: String(id) }) };
    return await formAgain(post, pictures, { errors, status: 409 });
  } catch (problem) {
    return formAgain(post, pictures, filingErrors(problem, t));
  }
}

type Said = { errors: FieldErrors; similar?: SimilarOffer; status: number };

async function formAgain(post: FilingPost, pictures: readonly Picture[], said: Said) {
  const { errors, similar = null, status } = said;
  const id = pictures.length > 0 ? await keptDraft(post, pictures) : null;
  const draft = id === null ? null : { id, screenshots: await screenshotsOf(id) };
  // Nowhere to keep them: then they have to be chosen again.
  const lost = pictures.length > 0 && id === null && !errors.screenshots;
  const all = lost ? { ...errors, screenshots: post.t("issueTalk.lostFiles") } : errors;
  const values = typedIssue(post.form);
  return data<FilingAnswer>({ errors: all, values, draft, similar }, { status });
}

function keptDraft({ form, viewer, at, t }: FilingPost, pictures: readonly Picture[]) {
  const values = typedIssue(form);
  const plain = (text = "") =>
    text
      .replace(/\r\n?/g, "\n")
      .replace(/(?!\n|\t)\p{Cc}/gu, "")
      .trim();
  const { title, body } = issueText(
    {
      title: plain(values.title).replace(/\s/g, " ").slice(0, LONGEST_TITLE),
      body: plain(values.body).slice(0, LONGEST_BODY),
    },
    t("issues.outline"),
  );
  const typed = { cycleId: values.cycleId ?? "", severity: values.severity ?? "" };
  const key = newIssueForms.draft.shape.key.safeParse(form.get("key"));
  return keepAsDraft(
    { typed, title, body, pictures, key: key.success ? key.data : null },
    { actorId: viewer.id, at },
  );
}
