import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db } from "~/database/client.server";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { type Access, RIGHTS, type Rights } from "~/domain/permission";
import { balanceOf } from "~/models/balance.server";
import { seedIfEmpty } from "../../prisma/seed";
import {
  askedTwice,
  buildVisits,
  demoAddresses,
  listenToStatements,
  statementsOf,
  type Visitor,
  type Visits,
} from "./page-queries.fixture";

// What every address asks the database for one GET, over the demo data. Needs the production build.

/**
 * Statements for one GET, the session's included; transactions count with their BEGIN and COMMIT. Whoever needs more says
 * here that it is worth it.
 */
const MOST = {
  "/": 0,
  "/*": 0,
  "/healthz": 2,
  "/login": 0,
  "/auth/oidc": 0,
  "/auth/oidc/callback": 0,
  "/auth/oidc/confirm": 0,
  "/invite/:token": 2,

  "/app": 1,
  "/app/settings": 6,
  "/app/issues": 5,
  "/app/issues.csv": 6,
  "/app/issues/new": 3,
  "/app/issues/:id": 13,
  "/app/issues/:id/screenshots/:n": 2,
  "/app/test-cycles": 4,
  "/app/test-cycles/:id": 6,
  "/app/test-cycles/balance": 3,
  "/app/test-cycles/balance/statement": 4,

  "/app/admin/audit": 3,
  "/app/admin/audit.csv": 6,
  "/app/admin/test-cycles": 5,
  "/app/admin/test-cycles/new": 1,
  "/app/admin/test-cycles/:id": 4,
  "/app/admin/test-cycles/:id/report": 3,
  "/app/admin/test-cycles/:id/settings": 3,
  "/app/admin/triage": 15,
  "/app/admin/triage/ahead": 1,
  "/app/admin/triage/notes": 2,
  "/app/admin/payouts": 12,
  "/app/admin/payouts/payments": 4,
  "/app/admin/payouts/review": 5,
  "/app/admin/payouts/review/all": 4,
  "/app/admin/payouts/voids": 3,
  "/app/admin/payouts/batches": 2,
  "/app/admin/payouts/batches/:id": 10,
  "/app/admin/payouts/batches/:id/transfers.csv": 2,
  "/app/admin/doctor": 3,
  "/app/admin/restored": 3,
  "/app/admin/users": 3,
  "/app/admin/users/:id": 14,

  "/api/*": 1,
  "/api/me/balance": 2,
  "/api/me/balance/export.csv": 6,
  "/api/admin/payouts": 9,
  "/api/admin/payouts/by-tester": 3,
  "/api/admin/payouts/export.csv": 6,
  "/api/admin/triage": 3,
} as const satisfies Readonly<Record<string, number>>;

type Pattern = keyof typeof MOST;

const VISITORS = {
  anyone: [null],
  user: ["aibek@example.com", "nazira@example.com"],
  admin: ["nazira@example.com"],
} as const satisfies Record<Access, readonly Visitor[]>;

let database: EmbeddedDatabase;
let visit: Visits;
let addressOf: (pattern: string) => string;

beforeAll(async () => {
  database = await startEmbedded({ throwaway: true });
  process.env.DATABASE_URL = database.url;
  await applyMigrations(database.url);
  listenToStatements();
  await seedIfEmpty();
  addressOf = await demoAddresses();
  visit = await buildVisits();
});

afterAll(async () => {
  await closeDatabase();
  await database.stop();
});

const aibek = () => db().user.findFirstOrThrow({ where: { email: "aibek@example.com" } });

const readable = Object.entries<Rights>(RIGHTS).flatMap(([pattern, { GET }]) =>
  GET ? [[pattern as Pattern, GET] as const] : [],
);

test("every address that can be read has its number", () => {
  expect(Object.keys(MOST).sort()).toEqual(readable.map(([pattern]) => pattern).sort());
});

describe.each(readable)("%s", (pattern, access) => {
  test.each<Visitor>([...VISITORS[access]])(
    "asks no more than it may, and nothing twice, for %s",
    async (who) => {
      let status = 0;
      const statements = await statementsOf(async () => {
        status = (await visit(addressOf(pattern), who)).status;
      });
      expect(status).toBeLessThan(500);
      expect(askedTwice(statements)).toEqual([]);
      expect(statements.map(({ text }) => text).slice(MOST[pattern])).toEqual([]);
    },
  );
});

test("a page that asked the same twice would be caught", async () => {
  const planted = await statementsOf(async () => {
    await visit("/app/test-cycles/balance", "aibek@example.com");
    const { id } = await aibek();
    await balanceOf(id);
  });
  expect(askedTwice(planted)).toHaveLength(1);
});
