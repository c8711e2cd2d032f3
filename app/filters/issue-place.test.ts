import { describe, expect, test } from "vitest";
import { withQuery } from "~/http/paths";
import { newerThan, olderThan, readIssuePage } from "./issue-place";

const read = (search: string) => readIssuePage(new URLSearchParams(search));
const searchOf = (query: Parameters<typeof withQuery>[1]) => withQuery("", query);

describe("a page of the issue list in its URL", () => {
  test.each([
    { filedAt: new Date("2026-05-10T12:00:00.123Z"), id: 42 },
    { filedAt: null, id: 7 },
  ])("comes back as it was: %j", (place) => {
    expect(read(searchOf(olderThan(place)))).toEqual({ direction: "older", place });
    expect(read(searchOf(newerThan(place)))).toEqual({ direction: "newer", place });
  });

  test.each(["", "before=", "before=-1", "before=draft-0", "after=draft-9999999999", "page=-1"])(
    "%j is the first page",
    (search) => expect(read(search)).toBeNull(),
  );
});
