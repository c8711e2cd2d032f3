import { ownSimilarIssues } from "~/models/own-similar-issues.server";
import type { SimilarOffer } from "./issue-answer";

type Asked = {
  readonly form: FormData;
  readonly title: string;
  readonly cycleId: number;
  readonly testerId: number;
  readonly issueId: number | null;
};

/** What looks the same and was not shown with this form yet; null when there is nothing new to show. */
export async function similarOffer(asked: Asked): Promise<SimilarOffer | null> {
  const { form, ...about } = asked;
  const posted = form.get("key");
  const key = typeof posted === "string" ? posted : null;
  const seen = idsIn(form.get("seen"));
  const issues = await ownSimilarIssues({ ...about, key });
  if (issues.every(({ id }) => seen.includes(id))) return null;
  const shown = [...new Set([...seen, ...issues.map(({ id }) => id)])];
  return { issues, seen: shown.join(",") };
}

const MOST_SEEN = 50;

function idsIn(seen: unknown): number[] {
  if (typeof seen !== "string" || !/^\d{1,10}(,\d{1,10})*$/.test(seen)) return [];
  return seen.split(",").slice(0, MOST_SEEN).map(Number);
}
