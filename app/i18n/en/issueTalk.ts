/** Screenshots, comments and what looks the same: around the text of an issue. */
export const issueTalk = {
  // Screenshots
  screenshots: "Screenshots",
  "screenshots.add": "Add screenshots",
  "screenshots.hint": {
    one: "PNG, JPEG or WebP, up to {size}. Room for {count} more.",
    other: "PNG, JPEG or WebP, up to {size} each. Room for {count} more.",
  },
  "screenshots.alt": "Screenshot {number} of {count}",
  "screenshots.remove": "Remove",
  "screenshots.removeThis": "Remove screenshot {number}",
  "screenshots.none": "No more screenshots can be added. Remove one to make room.",
  "screenshots.again": "Choose your screenshots again",
  "screenshots.again.soon":
    "Only your screenshots could not be kept: you can choose them again after signing in.",
  "screenshots.again.hint": "Files could not be kept while you signed in. Everything else is.",
  tooManyFiles: {
    one: "An issue has at most {count} screenshot. The others were left out.",
    other: "An issue has at most {count} screenshots. The others were left out.",
  },
  tooManyThere: {
    one: "An issue has at most {count} screenshot. Remove one first.",
    other: "An issue has at most {count} screenshots. Remove one first.",
  },
  "problem.too_large": "{name} is larger than {max}. Choose a smaller picture.",
  "problem.too_many_pixels": "{name} has more pixels than can be taken. Choose a smaller picture.",
  "problem.heic":
    "{name} is in the iPhone’s own format HEIC, which is not taken here. Send it as JPEG: Settings → Camera → Formats → Most Compatible.",
  "problem.broken": "{name} cannot be read as a picture. It may have been cut off on the way.",
  "problem.not_a_picture": "{name} is not a picture. Choose a PNG, JPEG or WebP picture.",
  "problem.busy":
    "Many pictures are arriving just now, so yours were not taken. Choose them again in a few seconds.",
  keptInDraft: "Your screenshots are kept in a draft.",
  lostFiles: "Your screenshots could not be kept. Choose them again.",
  "history.pictures": "{name} changed the screenshots on {date}",
  "history.textAndPictures": "{name} edited the text and the screenshots on {date}",

  // What looks the same
  "similar.title": {
    one: "You have filed one that looks the same",
    other: "You have filed some that look the same",
  },
  "similar.body":
    "A bug is paid once. If yours is another one, file it: nothing you wrote is lost.",
  "similar.fileAnyway": "File it anyway",

  // Comments
  comments: "Comments",
  "comments.admin": "admin",
  "comments.earlier": {
    one: "Show {count} earlier comment",
    other: "Show {count} earlier comments",
  },
  "comment.label": "Your comment",
  "comment.hintTester": "The admins read it. It cannot be changed later.",
  "comment.hintAdmin": "The tester reads it. It cannot be changed later.",
  "comment.submit": "Comment",
  "comment.missing": "Write a comment first",
  "comment.draft": "A draft has no comments yet. File it first.",
  "comment.saidBefore":
    "This form has already been sent, with other words: they are above. Send these as well, or go on.",

  // A change of status that moves money, said before it happens
  "confirm.rejects": "“{status}” rejects the payout, which is about {amount} now.",
  "confirm.rejectsPlain": "“{status}” rejects the payout.",
  "confirm.withdraws": "“{status}” withdraws the approved {amount} and rejects the payout.",
  "confirm.reopens": "“{status}” reopens the payout: it waits for a decision again.",
  "confirm.title": "This also changes the payout",
  "confirm.submit": "Yes, change to “{status}”",
  "reopen.title": "Reopen",
  "reopen.hint": "The issue becomes “Open”, and its payout waits for a decision again.",
  "reopen.submit": "Reopen the issue",
  "severity.title": "Change the severity",
  "severity.hint": "The suggested amount follows, until the payout is decided.",
  "severity.submit": "Change the severity",
} as const;
