/** What a form says about a field it cannot accept. */
export const fields = {
  required: "Fill this in",
  invalid: "This is not accepted",
  chooseOne: "Choose one",
  chooseSome: "Choose at least one",
  unknownChoice: "Choose one of the answers offered",
  tooShort: { one: "Use at least {count} character", other: "Use at least {count} characters" },
  tooLong: { one: "Use at most {count} character", other: "Use at most {count} characters" },
  controlCharacters: "Remove the characters that cannot be seen",
  email: "Write an e-mail address such as name@example.com",
  date: "Write a date such as 10.05.2026",
  dateInFuture: "The date cannot be in the future",
  dateOrder: "The first date must not be after the second",
  amount: "Write an amount such as 15000 or 15000.50, without spaces",
  amountPositive: "The amount must be more than zero",
  amountTooLarge: "The amount can be at most {max}",
} as const;
