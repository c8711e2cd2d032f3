/** People, cycles and their payout rates (DESIGN 2, 7). */
import { describe } from "vitest";
import { type Case, testEach } from "./rules-cases";
import { check, type Refusal, unique, useWorld } from "./rules-refusal";
import { type Columns, insertOne, one, update } from "./rules-sql";

const world = useWorld();

let made = 0;

function inserting(
  table: string,
  legal: () => Columns,
): (title: string, refusal: Refusal | undefined, columns: Columns) => Case {
  return (title, refusal, columns) => ({
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: () => Promise.resolve(0),
    attempt: (w) => insertOne(w, table, { ...legal(), ...columns }),
  });
}

describe("a person", () => {
  const person = inserting("users", () => ({ name: "Timur", email: `timur${++made}@example.com` }));
  const email = check("users_email_shape");
  const name = check("users_name_present");
  const phone = check("users_kaspi_phone_shape");
  const iban = check("users_iban_shape");
  testEach(world, [
    person("with payee details", undefined, {
      ...{ kaspi_phone: "+77011234567", iban: "KZ86125KZT5004100100", locale: "kk" },
    }),
    person("with the e-mail of another", unique("users_email_key"), { email: "aibek@example.com" }),
    person("with the e-mail of another, in capitals", unique("users_email_key"), {
      email: "AiBek@EXAMPLE.com",
    }),
    person("without an @", email, { email: "timur.example.com" }),
    person("with a blank in the e-mail", email, { email: "timur @example.com" }),
    person("with an empty e-mail", email, { email: "" }),
    person("with an e-mail of two lines", email, { email: "timur@example.com\nbcc@example.com" }),
    person("with an e-mail of 255 characters", email, { email: `${"x".repeat(243)}@example.com` }),
    person("without a name", name, { name: "" }),
    person("with a blank name", name, { name: " \n" }),
    person("with a name of 201 characters", name, { name: "x".repeat(201) }),
    person("who reads a language there is none of", check("users_locale_known"), { locale: "de" }),
    person("with a phone of another country", phone, { kaspi_phone: "+380501234567" }),
    person("with a phone in words", phone, { kaspi_phone: "+7 701 123 45 67" }),
    person("with a phone of two lines", phone, { kaspi_phone: "+77011234567\n" }),
    person("with half an IBAN", iban, { iban: "KZ86" }),
    person("with an IBAN in small letters", iban, { iban: "kz86125kzt5004100100" }),
  ]);

  testEach(world, [
    {
      title: "with the e-mail of another in Cyrillic capitals",
      refusal: unique("users_email_key"),
      given: (w) => insertOne(w, "users", { name: "Әлия", email: "әлия@пример.қаз" }),
      attempt: (w) => insertOne(w, "users", { name: "Әлия", email: "ӘЛИЯ@ПРИМЕР.ҚАЗ" }),
    },
    {
      title: "who takes the e-mail of another later",
      refusal: unique("users_email_key"),
      given: (w) => insertOne(w, "users", { name: "Dana", email: "dana2@example.com" }),
      attempt: (w, id) => update(w, "users", id, { email: "DANA@example.com" }),
    },
  ]);
});

describe("a cycle", () => {
  const cycle = inserting("test_cycles", () => ({ name: `Cycle ${++made}` }));
  const object = check("test_cycles_metadata_object");
  const name = check("test_cycles_name_present");
  testEach(world, [
    cycle("with the name of another", unique("test_cycles_name_key"), { name: "Hackorda" }),
    cycle("without a name", name, { name: "" }),
    cycle("with a blank name", name, { name: "\t" }),
    cycle("with a name of 201 characters", name, { name: "x".repeat(201) }),
    ...["[]", '"rates"', "5", "null", "true"].map((metadata) =>
      cycle(`with metadata ${metadata}`, object, { metadata }),
    ),
  ]);

  const rates = (text: string, refusal?: Refusal): Case => {
    const metadata = `{"payout_rates": ${text}}`;
    return cycle(`with the rates ${text}`, refusal, { metadata });
  };
  const valid = [
    ...["{}", '{"critical": 1500000}', '{"low": 1}', '{"high": 1000000000}', '{"low": 1e3}'],
    ...['{"low": 100000.0}', '{"currency": "KZT"}', '{"currency": "USD", "medium": 250}'],
    '{"critical": 4000, "high": 2000, "medium": 1000, "low": 500, "currency": "USD"}',
  ];
  const invalid = [
    ...['{"low": 0}', '{"low": -1}', '{"low": 0.5}', '{"low": 100.5}', '{"low": 1000000001}'],
    ...['{"low": 1e30}', '{"low": 1e-3}', '{"low": "100000"}', '{"low": null}', '{"low": true}'],
    ...['{"low": [100]}', '{"low": {"amount": 100}}', '{"blocker": 100}', '{"Low": 100}'],
    ...['{"": 100}', '{"currency": "EUR"}', '{"currency": "kzt"}', '{"currency": null}'],
    ...['{"currency": ["KZT"]}', '{"high": 800000, "low": 0}', "[]", "[100]", "null", '"KZT"'],
    ...["100", "true"],
  ];
  testEach(world, [
    ...valid.map((text) => rates(text)),
    ...invalid.map((text) => rates(text, check("test_cycles_rates_valid"))),
    {
      title: "that gets a rate of 0 later",
      refusal: check("test_cycles_rates_valid"),
      given: async (w) => (await one<{ id: number }>(w, "SELECT id FROM test_cycles")).id,
      attempt: (w, id) =>
        update(w, "test_cycles", id, { metadata: '{"payout_rates": {"low": 0}}' }),
    },
  ]);
});
