/** Where wages are sent changes with a row that says so, or not at all. */
import { describe, expect, test } from "vitest";
import { testEach } from "./rules-cases";
import type { World } from "./rules-fixture";
import { check, disagrees, expectRefused, illegal, useWorld } from "./rules-refusal";
import { all, type Columns, insert, insertOne, inTransaction, update } from "./rules-sql";

const world = useWorld();

const AT = "2026-05-10T07:00:00Z";
const LATER = "2026-05-11T07:00:00Z";
const NONE = { payee_name: null, kaspi_phone: null, iban: null };
const KASPI = { ...NONE, kaspi_phone: "+77015550100" };
const BANK = { ...NONE, iban: "KZ86125KZT5004100100" };

const SINGLE_DETAILS: readonly Columns[] = [
  { kaspi_phone: "+77015550100" },
  { iban: BANK.iban },
  { payee_name: "Timur" },
];
const BAD_FIRST_DETAILS: readonly Columns[] = [
  { iban: "KZ87125KZT5004100100" },
  { payee_name: "Timur\u0007" },
  { ...KASPI, payee_changed_at: AT },
];

let made = 0;

const person = (w: World, details: Columns = {}) =>
  insertOne(w, "users", { name: "Timur", email: `timur${++made}@example.com`, ...details });

const told = (w: World, userId: number, from: Columns, to: Columns, change: Columns = {}) =>
  insert(w, "payee_changes", {
    ...{ user_id: userId, actor_id: userId, at: AT },
    ...prefixed("old", from),
    ...prefixed("new", to),
    ...change,
  });

function prefixed(prefix: string, details: Columns): Columns {
  return Object.fromEntries(Object.entries(details).map(([k, v]) => [`${prefix}_${k}`, v]));
}

async function change(w: World, userId: number, from: Columns, to: Columns, at = AT) {
  await told(w, userId, from, to, { at });
  await update(w, "users", userId, { ...to, payee_changed_at: at });
}

const newcomer = (w: World) => person(w);
/** Changed once, from nothing to Kaspi. */
async function changedOnce(w: World): Promise<number> {
  const id = await person(w);
  await inTransaction(w, () => change(w, id, NONE, KASPI));
  return id;
}

describe("a change", () => {
  const unwritten = disagrees("users_payee_change_written");
  testEach(world, [
    {
      title: "with its row",
      given: newcomer,
      attempt: (w, id) => change(w, id, NONE, KASPI),
    },
    {
      title: "with its row after the change",
      given: newcomer,
      attempt: async (w, id) => {
        await update(w, "users", id, { ...KASPI, payee_changed_at: AT });
        await told(w, id, NONE, KASPI);
      },
    },
    {
      title: "of what was changed before",
      given: changedOnce,
      attempt: (w, id) => change(w, id, KASPI, BANK, LATER),
    },
    {
      title: "of something else about the user",
      given: changedOnce,
      attempt: (w, id) => update(w, "users", id, { name: "Timur B." }),
    },
    ...SINGLE_DETAILS.map((columns) => ({
      title: `of ${Object.keys(columns).join()} without a row`,
      refusal: unwritten,
      given: newcomer,
      attempt: (w: World, id: number) =>
        update(w, "users", id, { ...columns, payee_changed_at: AT }),
    })),
    {
      title: "of the time alone",
      refusal: unwritten,
      given: changedOnce,
      attempt: (w, id) => update(w, "users", id, { payee_changed_at: null }),
    },
    {
      title: "without its time",
      refusal: [unwritten, disagrees("payee_changes_happened")],
      given: newcomer,
      attempt: async (w, id) => {
        await told(w, id, NONE, KASPI);
        await update(w, "users", id, KASPI);
      },
    },
    {
      title: "to something else than its row says",
      refusal: [unwritten, disagrees("payee_changes_happened")],
      given: newcomer,
      attempt: async (w, id) => {
        await told(w, id, NONE, BANK);
        await update(w, "users", id, { ...KASPI, payee_changed_at: AT });
      },
    },
    {
      title: "from something else than its row says",
      refusal: unwritten,
      given: changedOnce,
      attempt: (w, id) => change(w, id, NONE, BANK, LATER),
    },
    {
      title: "no later than the one before",
      refusal: unwritten,
      given: changedOnce,
      attempt: (w, id) => change(w, id, KASPI, BANK, AT),
    },
    {
      title: "that an old row once told",
      refusal: unwritten,
      given: async (w) => {
        const id = await changedOnce(w);
        await inTransaction(w, () => change(w, id, KASPI, NONE, LATER));
        return id;
      },
      attempt: (w, id) => update(w, "users", id, { ...KASPI, payee_changed_at: AT }),
    },
  ]);
});

describe("the row of a change", () => {
  const bad = (title: string, to: Columns, rule: string) => ({
    title,
    refusal: check(rule),
    given: newcomer,
    attempt: (w: World, id: number) => told(w, id, NONE, { ...NONE, ...to }),
  });
  testEach(world, [
    {
      title: "of what did not happen",
      refusal: disagrees("payee_changes_happened"),
      given: newcomer,
      attempt: (w, id) => told(w, id, NONE, KASPI),
    },
    bad("that changes nothing", {}, "payee_changes_something"),
    bad("with wrong check digits", { iban: "KZ87125KZT5004100100" }, "payee_changes_iban_valid"),
    bad("with a foreign IBAN", { iban: "DE89370400440532013000" }, "payee_changes_iban_valid"),
    bad(
      "with spaces in the IBAN",
      { iban: "KZ86 125K ZT50 0410 0100" },
      "payee_changes_iban_valid",
    ),
    bad("with a phone in words", { kaspi_phone: "8 701 555" }, "payee_changes_kaspi_phone_shape"),
    bad("with a blank name", { payee_name: " " }, "payee_changes_name_clean"),
    bad("with an invisible letter", { payee_name: "A\u200b" }, "payee_changes_name_clean"),
    bad("with a name of 101 letters", { payee_name: "x".repeat(101) }, "payee_changes_name_clean"),
  ]);
});

describe("a new user", () => {
  testEach(world, [
    {
      title: "with details",
      given: newcomer,
      attempt: (w) => person(w, { ...KASPI, ...{ iban: BANK.iban, payee_name: "Тимур Б." } }),
    },
    ...BAD_FIRST_DETAILS.map((details) => ({
      title: `with ${JSON.stringify(details)}`,
      refusal: illegal("users_legal_payee"),
      given: newcomer,
      attempt: (w: World) => person(w, details),
    })),
  ]);
});

test("kz_iban_is_valid counts as ISO 13616 does", async () => {
  const accounts = ["125KZT5004100100", "0000000000000000", "999ZZZZZZZZZZZZZ", "601A861000123456"];
  for (const account of accounts) {
    const digits = [...`${account}KZ00`].map((c) => parseInt(c, 36)).join("");
    const right = 98n - (BigInt(digits) % 97n);
    const valid = await all<{ check: string }>(
      world(),
      `SELECT lpad(n::text, 2, '0') AS check FROM generate_series(2, 98) n
       WHERE kz_iban_is_valid('KZ' || lpad(n::text, 2, '0') || $1)`,
      account,
    );
    expect(valid).toEqual([{ check: String(right).padStart(2, "0") }]);
  }
});

test("two changes in one transaction are refused: only the last could be told", async () => {
  const id = await newcomer(world());
  await expectRefused(
    world(),
    async () => {
      await change(world(), id, NONE, KASPI);
      await change(world(), id, KASPI, BANK, LATER);
    },
    disagrees("users_payee_change_written"),
    disagrees("payee_changes_happened"),
  );
});
