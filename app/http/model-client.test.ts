import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { SuggestionSettings } from "~/suggestion-settings";
import { type Asked, askModel } from "./model-client.server";
import { type Behaviour, type ModelStandIn, startModelStandIn } from "./model-stand-in.fixture";

let model: ModelStandIn;
beforeAll(async () => {
  model = await startModelStandIn();
});
afterAll(() => model.close());
beforeEach(() => model.asked.splice(0));

const service = (url = model.url): SuggestionSettings => ({
  ...{ apiKey: "sk-test", baseUrl: new URL(url), model: "claude-haiku-5-5", dailyTokens: 1_000 },
});
const question: Asked = {
  ...{ system: "Be brief.", content: "{}", maxTokens: 100, timeoutMs: 20_000 },
  format: { type: "json_schema", schema: { type: "object" } },
};
const never = new AbortController().signal;

async function toldBy(behaviour: Behaviour, asked: Partial<Asked> = {}) {
  model.answerWith(behaviour);
  const { tookMs, ...told } = await askModel({ ...question, ...asked }, service(), never);
  expect(tookMs).toBeGreaterThanOrEqual(0);
  return told;
}

test("the request is what the service takes: one message, and the form of its answer", async () => {
  await toldBy({ says: {} });
  expect(model.asked).toHaveLength(1);
  expect(model.asked[0]?.headers).toMatchObject({ authorization: "Bearer sk-test" });
  expect(model.asked[0]?.body).toEqual({
    ...{ model: "claude-haiku-5-5", max_tokens: 100, system: "Be brief." },
    messages: [{ role: "user", content: "{}" }],
    output_config: { format: question.format },
  });
});

test("a good answer comes with its cost", async () => {
  expect(await toldBy({ says: { a: 1 } })).toEqual({
    ...{ outcome: "answered", json: { a: 1 }, retryAfterMs: null },
    usage: { input: 1_200, output: 300 },
  });
});

const spent = { input: 1_200, output: 300 };
const none = { input: 0, output: 0 };
test.each<[string, Behaviour, string, object | null]>([
  ["broken JSON", { text: '{"a": ' }, "nonsense", spent],
  ["words instead of JSON", { text: "Sure! Here it is." }, "nonsense", spent],
  ["an empty answer", { text: "" }, "empty", spent],
  ["a refusal", { text: "", stopReason: "refusal" }, "refused", spent],
  ["half an answer", { text: '{"a":', stopReason: "max_tokens" }, "cut_off", spent],
  ["500", { status: 500 }, "unavailable", none],
  ["529", { status: 529 }, "unavailable", none],
  ["a gateway's page", { status: 502, raw: "<html>Bad gateway</html>" }, "unavailable", none],
  ["a page with 200", { status: 200, raw: "<html>Hello</html>" }, "nonsense", null],
  ["null", { status: 200, raw: "null" }, "empty", null],
  ["another shape", { status: 200, raw: '{"content":{"text":"x"}}' }, "empty", null],
  ["401", { status: 401 }, "misconfigured", none],
  ["404, no such model", { status: 404 }, "misconfigured", none],
  ["429", { status: 429 }, "rate_limited", none],
])("%s", async (_, behaviour, outcome, usage) => {
  expect(await toldBy(behaviour)).toEqual({ outcome, json: null, usage, retryAfterMs: null });
});

test("asked once, whatever it answers", async () => {
  await toldBy({ status: 500 });
  expect(model.asked).toHaveLength(1);
});

test.each([
  ["7", 7_000],
  ["0.5", 500],
  ["soon", null],
  ["-1", null],
])("429 with Retry-After: %s", async (text, retryAfterMs) => {
  const told = await toldBy({ status: 429, headers: { "retry-after": text } });
  expect(told).toMatchObject({ outcome: "rate_limited", retryAfterMs });
});

test("Retry-After may be a date", async () => {
  const at = new Date(Date.now() + 60_000).toUTCString();
  const { retryAfterMs } = await toldBy({ status: 429, headers: { "retry-after": at } });
  expect(retryAfterMs).toBeGreaterThan(50_000);
  expect(retryAfterMs).toBeLessThanOrEqual(60_000);
});

test.each(["before", "within"] as const)("a silent service is given up: %s", async (hangs) => {
  expect(await toldBy({ hangs }, { timeoutMs: 150 })).toMatchObject({
    ...{ outcome: "timeout", usage: null },
  });
});

test("a stop ends it at once", async () => {
  model.answerWith({ hangs: "before" });
  const stop = new AbortController();
  const told = askModel(question, service(), stop.signal);
  await expect.poll(() => model.asked.length).toBe(1);
  stop.abort();
  expect(await told).toMatchObject({ outcome: "stopped", usage: null });
});

test("nobody there costs nothing", async () => {
  const gone = await startModelStandIn();
  await gone.close();
  const told = await askModel(question, service(gone.url), never);
  expect(told).toMatchObject({ outcome: "unavailable", usage: none });
});

test("the key is not taken elsewhere", async () => {
  const other = await startModelStandIn();
  model.answerWith({ status: 307, headers: { location: `${other.url}/v1/messages` } });
  const { outcome } = await askModel(question, service(), never);
  expect(outcome).toBe("unavailable");
  expect(other.asked).toEqual([]);
  await other.close();
});
