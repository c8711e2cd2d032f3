import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { approveIssue, rejectIssue } from "~/models/decision.server";
import { payBatch } from "~/models/batch.server";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  BUILDER_ZONE,
  buildTester,
} from "../../prisma/builders";

/** A folder for the file's backups, and empty databases beside its own; all gone afterwards. */
export function useBackupPlace(url: string) {
  let folder = "";
  const made = new Set<string>();
  const sibling = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tiyn-backup-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    for (const name of made) await ask(sibling("postgres"), `DROP DATABASE IF EXISTS ${name}`);
  });
  return {
    file: (name: string) => join(folder, name),
    folder: () => folder,
    sibling,
    willDrop: (name: string) => made.add(name),
    async emptyDatabase(): Promise<string> {
      const name = `restored_${randomBytes(6).toString("hex")}`;
      await ask(sibling("postgres"), `CREATE DATABASE ${name} TEMPLATE template0`);
      made.add(name);
      return sibling(name);
    },
  };
}

export async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  return (await client.query<Row>(sql).finally(() => client.end())).rows;
}

/** Every row of a table as text, in order: equal lists are equal tables. */
export async function rowsOf(url: string, table: string): Promise<string[]> {
  const found = await ask<{ row: string }>(url, `SELECT t::text AS row FROM ${table} t ORDER BY 1`);
  return found.map(({ row }) => row);
}

export type Writing = {
  /** Issues whose filing was answered, and those whose payment was: at any moment, what must be there. */
  readonly filed: number[];
  readonly paid: number[];
  /** Waits until so many writes were answered. */
  untilWrites(count: number): Promise<void>;
  stop(): Promise<void>;
};

/** Testers file, admins decide and pay, all of them as fast as they can, until stopped. */
export async function startWriting(writers: number): Promise<Writing> {
  const admin = await buildAdmin({ name: "Nazira" });
  const testers: { id: number }[] = [];
  for (let n = 0; n < writers; n++) testers.push(await buildTester({ name: `Tester${n}` }));
  const cycle = await buildCycle({ testers });
  const filed: number[] = [];
  const paid: number[] = [];
  let isStopped = false;
  let onWrite = () => undefined as void;
  const act = () => ({ actorId: admin.id, at: new Date(), zone: BUILDER_ZONE });

  async function write(tester: { id: number }): Promise<void> {
    while (!isStopped) {
      const { id } = await buildIssue({
        tester,
        cycle,
        severity: "high",
        title: `Nasty \\N\t\r\n${"ы".repeat(9)}`,
      });
      filed.push(id);
      onWrite();
      if (id % 5 === 0) await rejectIssue({ issueId: id, reason: "rejected" }, act());
      else await approveIssue({ issueId: id }, act());
      if (id % 5 < 2) continue;
      await payBatch(order(tester.id, id), act());
      paid.push(id);
      onWrite();
    }
  }

  const running = Promise.all(testers.map(write));
  // A writer that fails is heard of by whoever waits.
  running.catch(() => undefined);
  return {
    filed,
    paid,
    untilWrites: (count) =>
      Promise.race([
        running.then(() => undefined),
        new Promise<void>((resolve) => {
          onWrite = () => {
            if (filed.length + paid.length >= count) resolve();
          };
          onWrite();
        }),
      ]),
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

function order(testerId: number, issueId: number) {
  return {
    key: randomUUID(),
    payments: [
      {
        ...{ testerId, currency: "KZT" as const, method: "kaspi" as const, paidOn: null },
        reference: `ref-${issueId}`,
        issues: [{ issueId, expected: 800_000 }],
      },
    ],
  };
}
