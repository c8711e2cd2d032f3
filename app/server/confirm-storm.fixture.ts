import { SESSION_COOKIE } from "~/http/session-cookie";
import { CLIENTS, doublePayments, paidIssues } from "~/models/batch-race.fixture";
import { moneyFindings } from "~/models/doctor.fixture";
import { signIn } from "~/models/sign-in.server";
import { buildAdmin, buildCycle, buildTester } from "../../prisma/builders";
import { AppProcess } from "./kill.fixture";
import { AdminClient } from "./kill-client.fixture";
import {
  makeRound,
  orderOf,
  payOrder,
  type Statuses,
  type StormPeople,
  type StormRound,
} from "./storm-round.fixture";

const ADMINS = ["Nazira", "Sanzhar", "Madina", "Yerlan"];
const TESTERS = ["Aibek", "Dana", "Timur"];
/** So many rounds are made at once: more would only wait for each other. */
const LANES = 4;

export type StormReport = {
  readonly attempts: number;
  readonly statuses: Statuses;
  /** Of one answer, in milliseconds, as its client saw it. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly seconds: number;
  readonly issues: number;
  readonly paid: number;
  readonly doublePayments: number;
  /** Rounds that were not answered as they must be, and the doctor's findings. */
  readonly wrong: readonly string[];
};

/**
 * So many confirms by 40 clients against the built app, in rounds of 40 at once about the same twelve issues. In the
 * end what no order got is paid by one more, so that every issue must be paid exactly once. DATABASE_URL names a
 * migrated, empty database.
 */
export async function confirmStorm(attempts: number): Promise<StormReport> {
  const app = await AppProcess.create(process.env.DATABASE_URL ?? "");
  try {
    await app.start();
    const people = await stormPeople(app.origin);
    const rounds = await makeRounds(people, Math.ceil(attempts / CLIENTS));
    const report = await storm(rounds);
    await payWhatIsLeft(people, rounds);
    return { ...report, ...(await judge(rounds, report.wrong)) };
  } finally {
    await app.kill("SIGTERM");
  }
}

export async function stormPeople(origin: string | null): Promise<StormPeople> {
  const admins: { id: number }[] = [];
  for (const name of ADMINS) admins.push(await buildAdmin({ name }));
  const testers: { id: number }[] = [];
  for (const name of TESTERS) testers.push(await buildTester({ name }));
  const cycle = await buildCycle({ testers });
  const clients = origin === null ? [] : await signedIn(origin, admins);
  return { clients, admins, testers, cycle };
}

function signedIn(origin: string, admins: readonly { id: number }[]): Promise<AdminClient[]> {
  return inLanes(CLIENTS, async (n) => {
    const userId = admins[n % admins.length]?.id ?? 0;
    const by = { userId, address: "192.0.2.1", userAgent: null, replaces: null };
    const client = new AdminClient(origin);
    client.useSession(`${SESSION_COOKIE}=${(await signIn(by)).secret}`);
    await client.formOf("/app/settings");
    return client;
  });
}

export const makeRounds = (people: StormPeople, rounds: number): Promise<StormRound[]> =>
  inLanes(rounds, (number) => makeRound(people, number));

async function inLanes<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < count; n = next++) made[n] = await make(n);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return made;
}

/** Every round's forty at once, one round after the other. */
async function storm(rounds: readonly StormRound[]) {
  const times: number[] = [];
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  const began = performance.now();
  for (const round of rounds) {
    const answers = await Promise.all(Array.from({ length: CLIENTS }, (_, n) => timed(round, n)));
    const counts = tally(answers);
    for (const { ms, status } of answers) {
      times.push(ms);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    if (!isAsExpected(round, counts)) wrong.push(`${round.kind}: ${JSON.stringify(counts)}`);
  }
  times.sort((a, b) => a - b);
  const at = (part: number) => Math.round(times[Math.floor((times.length - 1) * part)] ?? NaN);
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const measured = { p50: at(0.5), p99: at(0.99), longest: at(1), seconds };
  return { attempts: times.length, statuses, ...measured, wrong };
}

async function timed({ attempt }: StormRound, n: number): Promise<{ ms: number; status: number }> {
  const began = performance.now();
  const answer = await attempt(n);
  await answer.text();
  return { ms: performance.now() - began, status: answer.status };
}

function tally(answers: readonly { readonly status: number }[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function isAsExpected({ expected }: StormRound, counts: Statuses): boolean {
  const wanted = expected ?? { 200: counts[200] ?? 0, 409: CLIENTS - (counts[200] ?? 0) };
  if (expected === null && !counts[200]) return false;
  const all = [...new Set([...Object.keys(wanted), ...Object.keys(counts)])].map(Number);
  return all.every((status) => (wanted[status] ?? 0) === (counts[status] ?? 0));
}

async function payWhatIsLeft(people: StormPeople, rounds: readonly StormRound[]): Promise<void> {
  for (const { issues } of rounds) {
    const left = [];
    for (const issue of issues)
      if ((await paidIssues({ issueIds: [issue.id] })) === 0) left.push(issue);
    if (left.length > 0) await (await payOrder(people.clients[0], orderOf(left))).text();
  }
}

async function judge(rounds: readonly StormRound[], wrong: readonly string[]) {
  const issueIds = rounds.flatMap(({ issues }) => issues.map(({ id }) => id));
  const findings = (await moneyFindings()).map((finding) => `doctor: ${JSON.stringify(finding)}`);
  return {
    issues: issueIds.length,
    paid: await paidIssues({ issueIds }),
    doublePayments: await doublePayments({ issueIds }),
    wrong: [...wrong, ...findings],
  };
}
