import { PassThrough, type Transform } from "node:stream";
import { text } from "node:stream/consumers";
import { createElement } from "react";
import { renderToPipeableStream } from "react-dom/server";
import { expect, test } from "vitest";
import { pageStream } from "./page-stream.server";

/** Letters of one to four bytes, so that some lie across every boundary there is. */
const WORDS = Array.from({ length: 3_000 }, (_, n) => ["Выплачено ", "₸", "a", "🐛", "қ"][n % 5]);

function rendered(through: Transform): Promise<string> {
  const page = createElement("ul", null, ...WORDS.map((word) => createElement("li", null, word)));
  const { pipe } = renderToPipeableStream(page, { onAllReady: () => pipe(through) });
  return text(through);
}

test("a page arrives letter by letter as it was written", async () => {
  const page = await rendered(pageStream());
  expect(page).toBe(`<ul>${WORDS.map((word) => `<li>${word}</li>`).join("")}</ul>`);
});

test("React still needs that: without it there are zeros between the letters", async () => {
  expect(await rendered(new PassThrough())).toContain("\0");
});
