import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { hashPassword } from "./password.server";
import { verifyCredentials } from "./sign-in.server";
import { createUser } from "./user.server";

useTestDatabase();

const PASSWORD = "aibek’s long password";
const WRONG = "not aibek’s password";
const HERE = "203.0.113.7";
const ELSEWHERE = "198.51.100.1";

let passwordHash = "";
let people = 0;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

async function someone(more: { passwordHash?: string | null } = {}): Promise<string> {
  const email = `Person${++people}@Example.com`;
  await createUser({ name: "Person", email, role: "tester", passwordHash, ...more });
  return email;
}

/** One after another, as one person would. */
async function tries(email: string, address: string, passwords: string[]): Promise<string[]> {
  const kinds: string[] = [];
  for (const password of passwords)
    kinds.push((await verifyCredentials({ email, address }, password)).kind);
  return kinds;
}

/** As if it had all been so many minutes earlier. */
const minutesLater = (minutes: number) =>
  db().$executeRaw`UPDATE sign_in_attempts SET at = at - ${minutes} * interval '1 minute'`;

const five = Array<string>(5).fill(WRONG);

describe("signing in with a password", () => {
  test("the right one, whatever the case of the e-mail address", async () => {
    const email = await someone();
    const verdict = await verifyCredentials(
      { email: ` ${email.toUpperCase()} `, address: HERE },
      PASSWORD,
    );
    expect(verdict).toMatchObject({ kind: "right", account: { name: "Person", role: "tester" } });
  });

  test("unknown address, wrong password, no password yet, deactivated: all the same answer", async () => {
    const deactivated = await someone();
    await db().user.updateMany({
      where: { email: deactivated },
      data: { deactivatedAt: new Date() },
    });
    const wrong = { kind: "wrong" };
    expect(
      await verifyCredentials({ email: "nobody@example.com", address: HERE }, PASSWORD),
    ).toEqual(wrong);
    expect(await verifyCredentials({ email: await someone(), address: HERE }, WRONG)).toEqual(
      wrong,
    );
    const invited = await someone({ passwordHash: null });
    expect(await verifyCredentials({ email: invited, address: HERE }, PASSWORD)).toEqual(wrong);
    expect(await verifyCredentials({ email: deactivated, address: HERE }, PASSWORD)).toEqual(wrong);
  });

  test("a letter written in two ways is one letter", async () => {
    const hash = await hashPassword("пароль с буквой й".normalize("NFC"));
    const email = await someone({ passwordHash: hash });
    const typed = "пароль с буквой й".normalize("NFD");
    expect(await tries(email, HERE, [typed])).toEqual(["right"]);
  });

  test("a password that nobody may have is not hashed", async () => {
    const email = await someone();
    await expect(
      verifyCredentials({ email, address: HERE }, "a".repeat(1_000_000)),
    ).rejects.toThrow(RangeError);
  });
});

describe("the throttle", () => {
  test("after five wrong in a row even the right one waits, until the window is over", async () => {
    const email = await someone();
    expect(await tries(email, HERE, [...five, PASSWORD])).toEqual([
      ...five.map(() => "wrong"),
      "throttled",
    ]);
    const verdict = await verifyCredentials({ email, address: HERE }, PASSWORD);
    expect(verdict).toMatchObject({ kind: "throttled" });
    const { retryAfterSeconds } = verdict as { retryAfterSeconds: number };
    expect(retryAfterSeconds).toBeGreaterThan(14 * 60);
    expect(retryAfterSeconds).toBeLessThanOrEqual(15 * 60);
    await minutesLater(14);
    expect(await tries(email, HERE, [PASSWORD])).toEqual(["throttled"]);
    await minutesLater(1);
    expect(await tries(email, HERE, [PASSWORD])).toEqual(["right"]);
  });

  test("a right one in between starts the count anew", async () => {
    const email = await someone();
    const passwords = [WRONG, WRONG, WRONG, WRONG, PASSWORD, WRONG, WRONG, WRONG, WRONG, PASSWORD];
    expect(await tries(email, HERE, passwords)).not.toContain("throttled");
  });

  test("a stranger elsewhere does not lock the owner out", async () => {
    const email = await someone();
    await tries(email, ELSEWHERE, [...five, WRONG]);
    expect(await tries(email, HERE, [PASSWORD])).toEqual(["right"]);
  });

  test("others at the same address go on", async () => {
    await tries(await someone(), HERE, [...five, WRONG]);
    expect(await tries(await someone(), HERE, [PASSWORD])).toEqual(["right"]);
  });

  test("it counts for an unknown e-mail address as for a known one", async () => {
    const kinds = await tries("unknown-one@example.com", HERE, [...five, WRONG]);
    expect(kinds).toEqual([...five.map(() => "wrong"), "throttled"]);
  });

  test("twenty at once are not more than five", async () => {
    const email = await someone();
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, () => verifyCredentials({ email, address: HERE }, WRONG)),
    );
    expect(verdicts.filter(({ kind }) => kind === "wrong")).toHaveLength(5);
  });

  test("an address that tries one account after another is stopped at a hundred", async () => {
    const address = "2001:db8:1:2::1";
    await db().signInAttempt.createMany({
      data: Array.from({ length: 99 }, (_, index) => ({
        email: `guess${index}@example.com`,
        address: "2001:db8:1:2::/64",
        succeeded: false,
      })),
    });
    const email = await someone();
    expect(await tries(email, address, [WRONG, PASSWORD])).toEqual(["wrong", "throttled"]);
    expect(await tries(email, "2001:db8:1:2:ffff::9", [PASSWORD])).toEqual(["throttled"]);
    expect(await tries(email, "2001:db8:1:3::1", [PASSWORD])).toEqual(["right"]);
  });
});

test("fifty people at once all get in, two hashes at a time", async () => {
  const emails = await Promise.all(Array.from({ length: 50 }, () => someone()));
  const before = process.memoryUsage().rss;
  let highest = before;
  const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 5);
  const verdicts = await Promise.all(
    emails.map((email) => verifyCredentials({ email, address: HERE }, PASSWORD)),
  );
  clearInterval(watch);
  expect(new Set(verdicts.map(({ kind }) => kind))).toEqual(new Set(["right"]));
  // Fifty hashes side by side would take 950 MB.
  expect((highest - before) / 1024 / 1024).toBeLessThan(200);
});

test("an unknown e-mail address takes as long as a wrong password", async () => {
  const known = await someone();
  const time = async (email: string, round: number) => {
    // Of the processor, which others do not add to. The hash is nearly all of it.
    const before = process.cpuUsage();
    await verifyCredentials({ email, address: `192.0.2.${round}` }, WRONG);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  let [ofKnown, ofUnknown] = [0, 0];
  for (let round = 0; round < 15; round++) {
    ofKnown += await time(known, round);
    ofUnknown += await time("nobody-at-all@example.com", round);
  }
  const ratio = ofUnknown / ofKnown;
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.7);
});
