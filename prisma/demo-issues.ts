import type { NegativeClosing, IssueStatus } from "~/domain/issue-status";
import type { Severity } from "~/domain/severity";

/** What became of a demo issue. `paid` names the batch it was paid in (demo-story.ts). */
export type DemoFate =
  | { readonly is: "draft" | "awaiting" }
  | { readonly is: "reviewing"; readonly status: IssueStatus }
  | { readonly is: "approved" }
  | { readonly is: "rejected"; readonly reason: NegativeClosing; readonly note: string }
  | { readonly is: "paid" | "bounced and paid again" | "void"; readonly batch: string };

export type DemoIssue = {
  readonly severity: Severity;
  readonly title: string;
  readonly fate: DemoFate;
};

const awaiting: DemoFate = { is: "awaiting" };
const approved: DemoFate = { is: "approved" };
const triagedEarly: DemoFate = { is: "reviewing", status: "in_progress" };
const paidIn = (batch: string): DemoFate => ({ is: "paid", batch });

const issue = (severity: Severity, title: string, fate: DemoFate): DemoIssue => ({
  severity,
  title,
  fate,
});

/** 18 filed, 12 accepted, 8 of them paid: ₸ 75,000. */
export const AIBEK_HACKORDA: readonly DemoIssue[] = [
  issue("critical", "Sign-up saves the password in the activity log", paidIn("first")),
  issue(
    "critical",
    "Mentor can open any student's submission by changing the number in the address",
    paidIn("first"),
  ),
  issue("critical", "Payment fails on mobile Safari after 3-D Secure returns", paidIn("first")),
  issue("high", "Invitation e-mail links to localhost", paidIn("first")),
  issue("high", "Uploading a 20 MB video freezes the lesson page", paidIn("second")),
  issue("high", "Time zone of the deadline is UTC for students in Almaty", paidIn("second")),
  issue("medium", "Kazakh letters ә, ғ, қ are missing in the certificate PDF", paidIn("second")),
  issue("medium", "Back button after the quiz shows the answers again", paidIn("second")),
  issue("high", "Two quick taps on «Submit» hand the task in twice", approved),
  issue("medium", "Leaderboard counts deleted students", approved),
  issue("medium", "Search finds nothing when the query ends with a space", approved),
  issue("low", "Avatar is stretched on the profile page", approved),
  issue("high", "Session ends in the middle of a timed quiz", awaiting),
  issue("medium", "Dark theme: code blocks are black on black", awaiting),
  issue("low", "Typo in the welcome letter: «Добро пожаловть»", awaiting),
  issue("low", "Tooltip of the progress bar is cut off on 360 px screens", awaiting),
  issue("low", "Footer links open in the same tab as the lesson", triagedEarly),
  issue("low", "Sorting by date ignores the year", triagedEarly),
];

/** 12 filed, 9 accepted and paid: ₸ 45,000. */
export const AIBEK_AKASHI: readonly DemoIssue[] = [
  issue(
    "critical",
    "Deleting a bucket deletes the bucket of the same name in another project",
    paidIn("second"),
  ),
  issue("high", "API token stays valid after it is revoked", paidIn("second")),
  issue("high", "Invoice adds VAT twice when the currency is changed", paidIn("second")),
  issue("medium", "Console shows yesterday's usage as today's", paidIn("third")),
  issue("medium", "Region selector forgets the choice after reload", paidIn("third")),
  issue("medium", "Upload of an empty file never finishes", paidIn("third")),
  issue(
    "medium",
    "Names over 63 characters are accepted and then cannot be opened",
    paidIn("third"),
  ),
  issue("low", "Icon of the trash folder is missing in Firefox", paidIn("third")),
  issue("low", "Copy button copies a trailing new line", paidIn("third")),
  issue("medium", "Two-factor code is refused when the phone is 30 seconds ahead", awaiting),
  issue("low", "Breadcrumbs overlap the search box at 1024 px", awaiting),
  issue("low", "Date picker starts the week on Sunday", triagedEarly),
];

/** 12 filed, 9 accepted, none paid yet. */
export const AIBEK_DALA: readonly DemoIssue[] = [
  issue("high", "Refund of a split payment goes to one card only", approved),
  issue("medium", "Courier sees the flat number before accepting the order", approved),
  issue("medium", "Basket loses the promo code after sign-in", approved),
  issue("medium", "Map pin jumps to the city centre on slow networks", approved),
  issue("medium", "Push says «order null is on its way»", approved),
  issue("medium", "Weight of goods is rounded up twice", approved),
  issue("medium", "Seller's chat shows messages in the wrong order after midnight", approved),
  issue("medium", "Phone number with 8 instead of +7 is refused at checkout", approved),
  issue("low", "Star rating is read as «image» by TalkBack", approved),
  issue("high", "Order can be paid again from the e-mail after it was cancelled", awaiting),
  issue("low", "Price filter resets when the page is turned", awaiting),
  issue("low", "Photo of the product is loaded in full size in the list", triagedEarly),
];

/** Dana: a payment that bounced and was paid again, a void issue, rejections with their notes. */
export const DANA_HACKORDA: readonly DemoIssue[] = [
  issue("high", "Certificate can be downloaded before the course is finished", {
    is: "bounced and paid again",
    batch: "first",
  }),
  issue("medium", "Calendar export has no time zone", {
    is: "bounced and paid again",
    batch: "first",
  }),
  issue("high", "Deleted comment is still in the RSS feed", { is: "void", batch: "second" }),
  issue("medium", "Progress is lost when the browser is closed during the quiz", paidIn("second")),
  issue("medium", "Password hint shows the password", {
    is: "rejected",
    reason: "duplicate",
    note: "The same as Aibek's report of the activity log; the fix covers both.",
  }),
  issue("low", "Lesson list is grey on grey", {
    is: "rejected",
    reason: "cant_reproduce",
    note: "Contrast is 5.1:1 here. Which phone and which theme was it?",
  }),
  issue("critical", "Anyone can join a private group by guessing its number", approved),
  issue("medium", "Video continues to play after leaving the page", awaiting),
];

/** Dana's dollars: a cycle with its own rates. */
export const DANA_NOMAD: readonly DemoIssue[] = [
  issue("critical", "Transfer is shown as sent when the other bank refused it", paidIn("third")),
  issue("high", "Exchange rate is cached for a day", paidIn("third")),
  issue("medium", "Passport scan is rotated on upload", approved),
  issue("low", "Country list has Kazakhstan twice", approved),
  issue("high", "Fingerprint sign-in accepts any enrolled finger after update", awaiting),
  issue("medium", "Receipt shows minutes instead of seconds in the time", {
    is: "rejected",
    reason: "wont_fix",
    note: "Receipts are redone next month; thank you for the clear report.",
  }),
];

/** Timur has just begun: nothing paid yet. */
export const TIMUR_DALA: readonly DemoIssue[] = [
  issue("critical", "Checkout charges the card when the basket is empty", awaiting),
  issue(
    "high",
    "Address of another customer is filled in after changing the phone number",
    awaiting,
  ),
  issue("medium", "Search for «сүт» finds «сут» but not the other way round", awaiting),
  issue("low", "Animation keeps running with «reduce motion» on", awaiting),
  issue("high", "Delivery time in the past can be chosen", approved),
  issue("medium", "Order history is empty on the second page", { is: "draft" }),
];
