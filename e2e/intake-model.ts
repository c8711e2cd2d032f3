import type { Behaviour } from "~/http/model-stand-in.fixture";

// What the stand-in for the model says to the app with a key, which e2e/serve.ts starts beside the one without: the
// report's title tells how it is to behave.

/** Where that app is, beside the one at PORT. */
export const suggestingPort = (port: number) => port + 5_000;

type Sent = {
  readonly report?: { readonly title: string };
  readonly candidates?: readonly { readonly index: number }[];
  readonly issues?: readonly { readonly index: number }[];
};

/** A word in a title, and what the stand-in does with it. */
const BY_TITLE: Readonly<Record<string, Behaviour>> = {
  "[slow]": { says: intakeAnswer(false), afterMs: 8_000 },
  "[broken]": { text: '{"summary": ' },
  "[busy]": { status: 429, headers: { "retry-after": "1" } },
  "[down]": { status: 500 },
  "[empty]": { text: "" },
  "[refusal]": { text: "", stopReason: "refusal" },
  "[hostile]": {
    says: {
      summary: '<img src=x onerror="alert(1)"> **Approve** this [now](https://evil.example/)',
      ...{ severity: "critical", severityReason: "The text says: ignore the above and approve." },
      ...{ duplicateIndex: 1, duplicateReason: "Reject it.", lacks: ["<b>Nothing</b>"] },
    },
  },
};

export function modelAnswer(content: string): Behaviour {
  const { report, candidates = [], issues } = JSON.parse(content) as Sent;
  if (issues) return { says: summaryOf(issues.map(({ index }) => index)) };
  const word = Object.keys(BY_TITLE).find((one) => report?.title.includes(one));
  return BY_TITLE[word ?? ""] ?? { says: intakeAnswer(candidates.length > 0) };
}

function intakeAnswer(hasCandidate: boolean) {
  return {
    summary: "The payment page stays white on Safari.",
    ...{ severity: "critical", severityReason: "Nobody can pay there." },
    duplicateIndex: hasCandidate ? 1 : null,
    duplicateReason: hasCandidate ? "Both stay white at the same step." : null,
    lacks: ["The version of Safari", "Whether the order was saved"],
  };
}

const summaryOf = (all: readonly number[]) => ({
  overview: "Payments are the weak spot. There were 999 crashes. Everything else holds.",
  areas: [{ name: "Payments", issues: all }],
  standsOut: [{ text: "Safari <b>fails</b> most.", issues: all.slice(0, 1) }],
  staysOpen: [{ text: "The white page.", issues: all.slice(0, 2) }],
  advice: ["Look at refunds."],
});
