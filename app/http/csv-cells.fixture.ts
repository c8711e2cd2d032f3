import type { Random } from "./seeded-random.fixture";

/** What breaks a CSV file, makes a spreadsheet calculate, or turns text around; all of it may stand in a title or note. */
const NASTY = [
  ...[
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "'",
    '"',
    '""',
    ",",
    ";",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "|",
  ],
  ...[
    " ",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "\u200b",
    "\u200f",
    "\u202e",
    "\u2066",
    "\u0301",
    "\u2028",
    "\u0085",
  ],
  ...[
    "=1+1",
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|'/C calc'!A0",
    "@SUM(A1)",
    "+7 701",
    "-15000,00",
  ],
  ...[
    "{=1}",
    "1e3",
    "TRUE",
    "2026-05-10",
    "00042",
    "#REF!",
    "\\N",
    "\\.",
    "ы",
    "ә",
    "日本",
    "👩‍💻",
    "🇰🇿",
    "a",
    "Z",
    "0",
    "9",
  ],
];

/** Control characters that PostgreSQL keeps: all but NUL. */
const CONTROLS = Array.from({ length: 31 }, (_, n) => String.fromCharCode(n + 1));

/** A cell of 0 to 12 pieces; one in ten has a control character somewhere. */
export function nastyCell(random: Random): string {
  const pieces = Array.from({ length: random(13) }, () => NASTY[random(NASTY.length)] ?? "");
  if (random(10) === 0) pieces.splice(random(pieces.length + 1), 0, CONTROLS[random(31)] ?? "");
  return pieces.join("");
}
