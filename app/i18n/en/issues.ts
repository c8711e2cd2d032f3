/** The lists of issues, filing one, and the page of one issue. */
export const issues = {
  title: "Issues",
  myTitle: "My Reports",
  newTitle: "File an issue",
} as const;
