import { languagePost, passwordPost, revokeOthersPost, revokePost } from "./access-post.server";
import { badRequest } from "./errors.server";
import { hotkeysPost } from "./hotkeys-post.server";
import { payeePost } from "./payee-post.server";
import type { SettingsPost } from "./settings-answer";

/** The forms of /app/settings, by the `intent` that their buttons post. A new section is a new line here. */
const POSTS = {
  payee: payeePost,
  password: passwordPost,
  revoke: revokePost,
  revokeOthers: revokeOthersPost,
  language: languagePost,
  keysOn: hotkeysPost,
  keysOff: hotkeysPost,
} as const;

/** Each answers 303 with a flash, or its refusal as a SettingsAnswer. Throws 400 for an intent that no button has. */
export function settingsPost(post: SettingsPost) {
  const intent = post.form.get("intent");
  if (typeof intent !== "string" || !Object.hasOwn(POSTS, intent)) throw badRequest();
  return POSTS[intent as keyof typeof POSTS](post);
}
