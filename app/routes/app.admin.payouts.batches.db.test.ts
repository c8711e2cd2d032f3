import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { buildPaidTransfer, type PaidTransfer } from "~/models/paid-transfer.fixture";
import { buildAdmin } from "../../prisma/builders";
import * as one from "./app.admin.payouts.batches.$id";
import * as list from "./app.admin.payouts.batches._index";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

const LIST = "/app/admin/payouts/batches";

let admin: Person;
let paid: PaidTransfer;
beforeAll(async () => {
  admin = await signedIn(buildAdmin, "Dana");
  paid = await buildPaidTransfer();
});

describe("the batches", () => {
  const shown = async (before: string | number) => {
    const { session } = admin;
    const answer = await answerOf(list.loader(visit(`${LIST}?before=${before}`, { session })));
    return ((await answer.json()) as { batches: unknown[] }).batches;
  };

  test("go on before one of them", async () => {
    expect(await shown(paid.batchId + 1)).toHaveLength(1);
    expect(await shown(paid.batchId)).toEqual([]);
  });

  test.each(["", "0", "-1", "1.5", "1e0", "0x1", "2147483648", "9999999999", "x"])(
    "?before=%s is their first page",
    async (before) => expect(await shown(before)).toHaveLength(1),
  );
});

test("a correction after one that is not there is refused, with what was typed", async () => {
  const typed = { reference: "8842", paidOn: "2026-05-09", reason: "Typo" };
  const form = {
    ...{ intent: "correct", transfer: String(paid.transferId), shown: "999999999" },
    ...typed,
  };
  const id = String(paid.batchId);
  const at = visit(`${LIST}/${id}`, { session: admin.session, form, params: { id } });
  const answer = await answerOf(one.action(at));
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ about: "receipt", intent: "correct", values: typed });
  expect(await db().paymentCorrection.count()).toBe(0);
});
