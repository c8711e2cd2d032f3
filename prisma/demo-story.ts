import {
  AIBEK_AKASHI,
  AIBEK_DALA,
  AIBEK_HACKORDA,
  DANA_HACKORDA,
  DANA_NOMAD,
  type DemoIssue,
  TIMUR_DALA,
} from "./demo-issues";

export const DEMO_PASSWORD = "tiyn demo password";

export const DEMO_PEOPLE = [
  { name: "Sanzhar", email: "admin@example.com", role: "admin" },
  { name: "Nazira", email: "nazira@example.com", role: "admin" },
  {
    name: "Aibek",
    email: "aibek@example.com",
    role: "tester",
    kaspiPhone: "+77015550101",
    payeeName: "Айбек Т.",
  },
  {
    name: "Dana",
    email: "dana@example.com",
    role: "tester",
    iban: "KZ86125KZT5004100100",
    payeeName: "Дана С.",
  },
  { name: "Timur", email: "timur@example.com", role: "tester" },
] as const;

export const DEMO_CYCLES = [
  { key: "hackorda", name: "Hackorda Onboarding — QA shake-down", rates: {} },
  { key: "akashi", name: "Akashi Cloud — Pre-launch sweep", rates: {} },
  { key: "dala", name: "Dala Market — Payments regression", rates: {} },
  {
    key: "nomad",
    name: "Nomad Pay — Dollar accounts beta",
    rates: { critical: 6_000, high: 2_500, medium: 1_000, low: 400, currency: "USD" },
  },
] as const;

export type DemoCycleKey = (typeof DEMO_CYCLES)[number]["key"];

/** Who filed what where. `filedDaysAgo` is the day of the first issue; the others follow about a day apart. */
export const DEMO_REPORTS: readonly {
  readonly by: string;
  readonly cycle: DemoCycleKey;
  readonly filedDaysAgo: number;
  readonly issues: readonly DemoIssue[];
}[] = [
  { by: "aibek@example.com", cycle: "hackorda", filedDaysAgo: 90, issues: AIBEK_HACKORDA },
  { by: "aibek@example.com", cycle: "akashi", filedDaysAgo: 80, issues: AIBEK_AKASHI },
  { by: "aibek@example.com", cycle: "dala", filedDaysAgo: 30, issues: AIBEK_DALA },
  { by: "dana@example.com", cycle: "hackorda", filedDaysAgo: 85, issues: DANA_HACKORDA },
  { by: "dana@example.com", cycle: "nomad", filedDaysAgo: 60, issues: DANA_NOMAD },
  { by: "timur@example.com", cycle: "dala", filedDaysAgo: 12, issues: TIMUR_DALA },
];

/** Paydays, oldest first. Dana's first transfer bounces two days later and goes out again on the second payday. */
export const DEMO_BATCHES = [
  { key: "first", daysAgo: 60, method: "kaspi", reference: "8841" },
  { key: "second", daysAgo: 40, method: "kaspi", reference: "9127" },
  { key: "third", daysAgo: 18, method: "bank", reference: "INV-2041" },
] as const;
