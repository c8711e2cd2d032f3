/** Identities at a provider (DESIGN 7), and what the doctor found (DESIGN 6), by plain SQL. */
import { describe } from "vitest";
import { type Case, testEach } from "./rules-cases";
import type { World } from "./rules-fixture";
import { comparison, doctorRun, identity, look, restoration, someHash } from "./rules-people";
import { check, illegal, type Refusal, unique, useWorld } from "./rules-refusal";
import { type Columns, insert, insertOne, update } from "./rules-sql";

const world = useWorld();

let made = 0;
/** Somebody new, since an identity stays. */
const newcomer = (w: World, columns: Columns = {}) =>
  insertOne(w, "users", {
    ...{ name: "Timur", email: `newcomer-${++made}@example.com` },
    ...columns,
  });

type Given = (w: World) => Promise<number>;

describe("an identity", () => {
  const linking = (
    title: string,
    refusal: Refusal | undefined,
    given: Given,
    change: Columns,
  ): Case => ({
    ...{ title, given, ...(refusal ? { refusal } : {}) },
    attempt: async (w, user_id) => void (await identity(w, { user_id, ...change })),
  });
  const plain: Given = (w) => newcomer(w);
  const withPassword: Given = (w) => newcomer(w, { password_hash: "$argon2id$" });
  const legal = illegal("identities_legal_link");
  const issuer = check("identities_issuer_shape");
  const subject = check("identities_subject_shape");
  testEach(world, [
    linking("of someone without password, by e-mail", undefined, plain, {}),
    linking("of someone with a password, by it", undefined, withPassword, { how: "password" }),
    linking("of someone with a password, by e-mail", legal, withPassword, {}),
    linking("of someone without password, by a password", legal, plain, { how: "password" }),
    linking(
      "of someone deactivated",
      legal,
      (w) => newcomer(w, { deactivated_at: "2026-05-10T07:00:00Z" }),
      {},
    ),
    linking("without a subject", subject, plain, { subject: "" }),
    linking("with a subject of 256 characters", subject, plain, { subject: "x".repeat(256) }),
    linking("without an issuer", issuer, plain, { issuer: "" }),
    linking("of an issuer that is no address", issuer, plain, { issuer: "google" }),
  ]);

  testEach(world, [
    {
      title: "that is another user's already",
      refusal: unique("identities_subject_key"),
      given: async (w) => identity(w, { user_id: await newcomer(w), subject: "the same" }),
      attempt: async (w) =>
        void (await identity(w, { user_id: await newcomer(w), subject: "the same" })),
    },
    {
      title: "with that subject at another issuer",
      given: async (w) => identity(w, { user_id: await newcomer(w), subject: "another same" }),
      attempt: async (w) => {
        const elsewhere = { subject: "another same", issuer: "https://other.example.com" };
        await identity(w, { user_id: await newcomer(w), ...elsewhere });
      },
    },
    {
      title: "beside another of the same user",
      refusal: unique("identities_user_id_key"),
      given: async (w) => {
        const id = await newcomer(w);
        await identity(w, { user_id: id });
        return id;
      },
      attempt: async (w, user_id) => void (await identity(w, { user_id })),
    },
    {
      title: "stays when its user gets a password",
      given: async (w) => {
        const id = await newcomer(w);
        await identity(w, { user_id: id });
        return id;
      },
      attempt: (w, id) => update(w, "users", id, { password_hash: "$argon2id$" }),
    },
  ]);
});

describe("a state that came back", () => {
  const nothing = () => Promise.resolve(0);
  const hash = someHash();
  testEach(world, [
    {
      title: "twice",
      refusal: unique("oidc_used_states_pkey"),
      given: async (w) => {
        await insert(w, "oidc_used_states", { state_hash: hash });
        return 0;
      },
      attempt: (w) => insert(w, "oidc_used_states", { state_hash: hash }),
    },
    {
      title: "in the clear",
      refusal: check("oidc_used_states_hash_shape"),
      given: nothing,
      attempt: (w) => insert(w, "oidc_used_states", { state_hash: "the state itself" }),
    },
  ]);
});

describe("a doctor's finding", () => {
  const sound = { findings: "[]", fingerprint: null };
  const looking = (title: string, refusal: Refusal | undefined, change: Columns): Case => ({
    ...{ title, given: (w) => doctorRun(w), ...(refusal ? { refusal } : {}) },
    attempt: (w, run_id) => look(w, { run_id, ...change }),
  });
  const byAdmin = illegal("doctor_looks_by_admin");
  testEach(world, [
    looking("looked at by an admin", undefined, {}),
    looking("looked at without a word", check("doctor_looks_note_present"), { note: " " }),
    {
      ...{ title: "looked at by a tester", refusal: byAdmin, given: (w) => doctorRun(w) },
      attempt: (w, run_id) => look(w, { run_id, admin_id: w.tester }),
    },
    {
      ...{ title: "of which there is none", refusal: byAdmin, given: (w) => doctorRun(w, sound) },
      attempt: (w, run_id) => look(w, { run_id }),
    },
    {
      title: "without a fingerprint",
      refusal: check("doctor_runs_fingerprint_of_findings"),
      given: () => Promise.resolve(0),
      attempt: async (w) => void (await doctorRun(w, { fingerprint: null })),
    },
    {
      title: "looked at twice",
      refusal: unique("doctor_looks_pkey"),
      given: async (w) => {
        const run_id = await doctorRun(w);
        await look(w, { run_id });
        return run_id;
      },
      attempt: (w, run_id) => look(w, { run_id }),
    },
  ]);
});

describe("a restored backup", () => {
  const compared = (title: string, refusal: Refusal | undefined, change: Columns): Case => ({
    ...{ title, given: (w) => restoration(w), ...(refusal ? { refusal } : {}) },
    attempt: (w, restoration_id) => comparison(w, { restoration_id, ...change }),
  });
  testEach(world, [
    compared("compared by an admin", undefined, {}),
    compared("compared without a word", check("restoration_looks_note_present"), { note: " " }),
    {
      title: "compared by a tester",
      refusal: illegal("restoration_looks_by_admin"),
      given: (w) => restoration(w),
      attempt: (w, restoration_id) => comparison(w, { restoration_id, admin_id: w.tester }),
    },
    {
      title: "of no file",
      refusal: check("restorations_backup_hash_shape"),
      given: () => Promise.resolve(0),
      attempt: async (w) => void (await restoration(w, { backup_hash: "0" })),
    },
  ]);
});
