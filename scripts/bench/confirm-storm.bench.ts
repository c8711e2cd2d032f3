import { confirmStorm } from "~/server/confirm-storm.fixture";
import { naiveStorm } from "~/server/confirm-storm-naive.fixture";
import type { BenchCluster } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";

/** DESIGN 11. STORM_ATTEMPTS asks for another number. */
const ATTEMPTS = Number(process.env.STORM_ATTEMPTS ?? 10_000);
const CONTROL_ATTEMPTS = 400;
const LONGEST_P99_MS = 2_000;

export const title =
  `${ATTEMPTS} overlapping confirms by 40 clients over HTTP, against the build ` +
  `(must: 0 paid twice, 0 answers 500, p99 ≤ ${LONGEST_P99_MS} ms)`;

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await cluster.create("storm", async () => {});
  await cluster.create("naive", async () => {});
  const { wrong, statuses, ...measured } = await cluster.using("storm", () =>
    confirmStorm(ATTEMPTS),
  );
  console.table({ ...measured, ...statuses });
  for (const line of wrong) console.log(line);
  const twice = await cluster.using("naive", () => naiveStorm(CONTROL_ATTEMPTS));
  console.log(`The naive control paid ${twice} times too often in ${CONTROL_ATTEMPTS} attempts.`);
  const what = `${ATTEMPTS.toLocaleString("en")} overlapping confirms by 40 clients`;
  const failed = Object.entries(statuses).reduce(
    (sum, [s, n]) => sum + (Number(s) >= 500 ? n : 0),
    0,
  );
  const none = { unit: "", atMost: 0 };
  return [
    row({
      what: `${what}: double payments`,
      ...{ value: measured.doublePayments, ...none },
      comparedWith: `the naive control: ${twice} in ${CONTROL_ATTEMPTS}`,
    }),
    row({
      what: "the same, paid by nobody or found by the doctor",
      ...none,
      value: measured.issues - measured.paid + wrong.length,
    }),
    row({ what: "the same, answers 500", ...none, value: failed }),
    row({ what: "the same, p99", value: measured.p99, unit: "ms", atMost: LONGEST_P99_MS }),
    row({ what: "the naive control: double payments", value: twice, unit: "", atLeast: 1 }),
  ];
}
