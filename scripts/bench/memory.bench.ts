import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AppProcess, freePort } from "~/server/kill.fixture";
import { bringUpToDate } from "../bring-up-to-date.mjs";
import type { BenchCluster } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";
import { MixedLoad } from "./mixed-load";

/** Issue 9, "Must show" 3. MEMORY_MINUTES asks for another time. */
const MINUTES = Number(process.env.MEMORY_MINUTES ?? 10);
const SAMPLES = 60;
/** Until then caches fill, and code is compiled. */
const WARM_UP = 0.2;

/** Of the second half against the first, after the warm-up: what is in use, and what the system gave. */
const MOST_GROWTH = { heapUsed: 1.05, external: 1.1, rss: 1.1 };
type Figure = keyof typeof MOST_GROWTH;
type Sample = Readonly<Record<Figure, number>>;
const FIGURES = Object.keys(MOST_GROWTH) as Figure[];

export const title =
  `memory of one process over ${MINUTES} minutes of mixed load, everything collectable collected: second half against ` +
  "first";

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await bringUpToDate("generate", "build");
  await cluster.create("memory", async () => {});
  return cluster.using("memory", async () => {
    const port = await freePort();
    const probe = pathToFileURL(resolve("scripts/bench/memory-probe.mjs")).href;
    const app = await AppProcess.create(process.env.DATABASE_URL ?? "", {
      ...{ TIYN_DEMO: "1", TRUST_PROXY: "1", LOG_LEVEL: "info" },
      ...{ NODE_OPTIONS: `--import ${probe}`, MEMORY_PROBE_PORT: String(port) },
    });
    try {
      await app.start();
      return await measure(new MixedLoad(app.origin), () => usage(port));
    } finally {
      await app.kill("SIGTERM");
    }
  });
}

async function measure(load: MixedLoad, look: () => Promise<Sample>): Promise<readonly BenchRow[]> {
  await load.begin();
  const samples: Sample[] = [];
  const start = performance.now();
  for (let n = 1; n <= SAMPLES; n++) {
    const due = start + (n / SAMPLES) * MINUTES * 60_000;
    await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
    samples.push(await look());
  }
  console.table(load.done);
  const counted = samples.slice(SAMPLES * WARM_UP);
  const half = counted.length / 2;
  const rows = FIGURES.map((figure) => ({
    figure,
    "first sample": mb(samples[0]?.[figure]),
    "first half": mb(mean(counted.slice(0, half), figure)),
    "second half": mb(mean(counted.slice(half), figure)),
    "last sample": mb(samples.at(-1)?.[figure]),
    growth: round(mean(counted.slice(half), figure) / mean(counted.slice(0, half), figure)),
  }));
  console.table(rows);
  await load.end();
  return rows.map(({ figure, growth, ...halves }) =>
    row({
      what: `memory over ${MINUTES} minutes of mixed load: ${figure}, ${halves["second half"]}`,
      ...{ value: growth, unit: "×", atMost: MOST_GROWTH[figure] },
      comparedWith: `the first half, ${halves["first half"]}`,
    }),
  );
}

async function usage(port: number): Promise<Sample> {
  return (await fetch(`http://127.0.0.1:${port}`)).json() as Promise<Sample>;
}

const mean = (samples: readonly Sample[], figure: Figure) =>
  samples.reduce((sum, sample) => sum + sample[figure], 0) / samples.length;
const round = (value: number) => Math.round(value * 1_000) / 1_000;
const mb = (bytes = NaN) => `${round(bytes / 1024 / 1024)} MB`;
