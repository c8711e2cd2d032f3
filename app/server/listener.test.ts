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

/** A listener with a request under way, that is answered when the test says so. */
async function withRequest() {
  let answer: ((text: string) => void) | undefined;
  let arrive: (() => void) | undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const { url, close } = await listening((_req, res) => {
    answer = (text) => void res.end(text);
    arrive?.();
  });
  const running = fetch(url).then(
    (response) => response.text(),
    () => "cut off",
  );
  await arrived;
  return { url, close, running, answer: (text: string) => answer?.(text) };
}

test("told to stop, it lets running requests end and takes no more", async () => {
  const { url, close, running, answer } = await withRequest();
  // Longer than this test may take: it ends with the answer, not with the grace.
  const closed = close(600_000);
  await expect(fetch(url)).rejects.toThrow();
  answer("done");
  expect(await running).toBe("done");
  await closed;
});

test("a request that does not end is cut off after the grace", async () => {
  const { close, running } = await withRequest();
  await close(100);
  expect(await running).toBe("cut off");
});
