import type { BrowserContext, CDPSession, Page } from "playwright";

/** DESIGN 11, row 2: a cheap phone with one bar of signal. */
export const PHONE = { width: 360, height: 640 };
const CPU_SLOWDOWN = 6;
/** Chromium holds back the answer to each request by this much; opening a connection costs nothing there. */
const ROUND_TRIP_MS = 400;
const BYTES_PER_SECOND = 400_000 / 8;

export type Visit = {
  /** Everything that came over the network, heads of answers included. */
  readonly bytes: number;
  readonly requests: number;
  /** Of those bytes, files of scripts. */
  readonly scriptBytes: number;
  /** Letters of scripts inside the page itself, uncompressed. */
  readonly inlineScript: number;
  /** When the page and its style sheets were there to their last byte; what follows is the phone's own work. */
  readonly arrivedMs: number;
  readonly firstPaintMs: number;
  readonly readableMs: number;
  /** Cumulative layout shift; 0 when nothing ever moved. */
  readonly shift: number;
};

/** Opens this address as DESIGN 11 says, with whatever the context has kept of earlier visits. */
export async function visit(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    await slowDown(session);
    const traffic = await watchTraffic(session);
    await page.addInitScript(watchPaints);
    await page.goto(url, { waitUntil: "networkidle" });
    return { ...(await paintsOf(page)), ...traffic() };
  } finally {
    await page.close();
  }
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: ROUND_TRIP_MS,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  });
}

/** Only what left the machine: neither what the browser had kept nor what an address itself holds (`data:`). */
async function watchTraffic(session: CDPSession) {
  const urls = new Map<string, string>();
  const kept = new Set<string>();
  const bytes = new Map<string, number>();
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url.startsWith("http")) urls.set(requestId, request.url);
  });
  session.on("Network.requestServedFromCache", ({ requestId }) => kept.add(requestId));
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.fromDiskCache || response.fromPrefetchCache) kept.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    bytes.set(requestId, encodedDataLength),
  );
  await session.send("Network.enable");
  return () => {
    const sent = [...urls].filter(([id]) => !kept.has(id));
    const sum = (some: typeof sent) => some.reduce((all, [id]) => all + (bytes.get(id) ?? 0), 0);
    return {
      requests: sent.length,
      bytes: sum(sent),
      scriptBytes: sum(sent.filter(([, url]) => url.endsWith(".js"))),
    };
  };
}

type Paints = { readableMs: number; firstPaintMs: number; shift: number };
type Watched = { tiynPaints: Paints };

/**
 * Runs in the page. Fully readable is the first frame after the whole document was parsed. A browser draws no frame
 * before the style sheets in the head are there, so all text stands on the screen then, in its final form: there are
 * no web fonts, and nothing arrives later but pictures, whose room is kept.
 */
function watchPaints(): void {
  const paints: Paints = { readableMs: 0, firstPaintMs: 0, shift: 0 };
  Object.assign(globalThis, { tiynPaints: paints });
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name === "first-contentful-paint") paints.firstPaintMs = startTime;
  }).observe({ type: "paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) paints.shift += Number(Reflect.get(entry, "value"));
  }).observe({ type: "layout-shift", buffered: true });
  document.addEventListener("DOMContentLoaded", () =>
    requestAnimationFrame(() =>
      // After this frame's drawing.
      setTimeout(() => (paints.readableMs = performance.now())),
    ),
  );
}

async function paintsOf(page: Page): Promise<Paints & Pick<Visit, "arrivedMs" | "inlineScript">> {
  const has = () => {
    const { tiynPaints: paints } = globalThis as unknown as Watched;
    return paints.readableMs > 0 && paints.firstPaintMs > 0;
  };
  await page.waitForFunction(has);
  return page.evaluate(() => {
    const { tiynPaints: paints } = globalThis as unknown as Watched;
    const inline = [...document.scripts].filter(({ src }) => src === "");
    const inlineScript = inline.reduce((sum, { text }) => sum + text.length, 0);
    const sheets = performance
      .getEntriesByType("resource")
      .filter(({ name }) => name.endsWith(".css"));
    const files = [...performance.getEntriesByType("navigation"), ...sheets];
    return {
      ...paints,
      arrivedMs: Math.max(...files.map((file) => Number(Reflect.get(file, "responseEnd")))),
      readableMs: Math.max(paints.readableMs, paints.firstPaintMs),
      inlineScript,
    };
  });
}
