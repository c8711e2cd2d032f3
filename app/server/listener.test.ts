import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { listen, PortInUse } from "./listener";
import { answerWhileStarting } from "./starting";

async function listening(handler: Parameters<typeof listen>[1]) {
  const listener = await listen({ port: 0, host: "127.0.0.1" }, handler);
  onTestFinished(() => listener.close(0));
  return { ...listener, url: `http://127.0.0.1:${listener.port}/` };
}

test("a port that is taken is named, and what to do about it", async () => {
  const { port } = await listening(() => {});
  const again = listen({ port, host: "127.0.0.1" }, () => {});
  await expect(again).rejects.toThrow(PortInUse);
  await expect(again).rejects.toThrow(`PORT=${port + 1}`);
});

test("while it starts, everybody is asked to come back", async () => {
  const { url, answerWith } = await listening(
    answerWhileStarting({ publicOrigin: "http://localhost", sessionSecret: "", trustProxy: false }),
  );
  const early = await fetch(`${url}healthz`);
  expect(early.status).toBe(503);
  expect(early.headers.get("retry-after")).toBe("5");
  expect(await early.json()).toMatchObject({ error: { code: "unavailable" } });
  answerWith((_req, res) => res.end("ready"));
  expect(await (await fetch(url)).text()).toBe("ready");
});

test("told to stop, it lets running requests end and takes no more", async () => {
  const { url, close } = await listening((_req, res) => {
    setTimeout(() => res.end("done"), 200);
  });
  const running = fetch(url);
  await sleep(50);
  const closed = close(10_000);
  await expect(fetch(url)).rejects.toThrow();
  expect(await (await running).text()).toBe("done");
  const started = Date.now();
  await closed;
  expect(Date.now() - started).toBeLessThan(4_000);
});

test("a request that does not end is cut off after the grace", async () => {
  const { url, close } = await listening(() => {});
  const running = fetch(url).catch(() => "cut off");
  await sleep(50);
  const started = Date.now();
  await close(100);
  expect(await running).toBe("cut off");
  expect(Date.now() - started).toBeLessThan(4_000);
});
