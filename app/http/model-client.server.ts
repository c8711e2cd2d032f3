import Anthropic from "@anthropic-ai/sdk";
import type { Outcome } from "~/domain/suggestion";
import type { SuggestionSettings } from "~/suggestion-settings";

export type Asked = {
  readonly system: string;
  readonly content: string;
  /** JSON Schema of the answer. */
  readonly format: { readonly type: "json_schema"; readonly schema: Record<string, unknown> };
  readonly maxTokens: number;
  readonly timeoutMs: number;
};

export type Told = {
  readonly outcome: Outcome;
  /** What the answer says, unchecked; null unless answered. */
  readonly json: unknown;
  /** Null: nobody knows what the request cost. */
  readonly usage: Usage | null;
  readonly tookMs: number;
  /** What a service that is too busy asked for. */
  readonly retryAfterMs: number | null;
};

type Usage = { readonly input: number; readonly output: number };
type Ended = Omit<Told, "tookMs">;

const NOTHING: Usage = { input: 0, output: 0 };

/**
 * One request to the model, of which every end is an outcome: it never throws. Not tried again here, since whoever asks
 * has a queue that outlives this process. `stop` ends it at once.
 */
export async function askModel(
  asked: Asked,
  service: SuggestionSettings,
  stop: AbortSignal,
): Promise<Told> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(asked.timeoutMs);
  const signal = AbortSignal.any([stop, timeout]);
  const ended = await request(asked, service, signal).catch((error: unknown): Ended => {
    if (stop.aborted) return unanswered("stopped", null);
    return timeout.aborted ? unanswered("timeout", null) : failure(error);
  });
  return { ...ended, tookMs: Math.round(performance.now() - started) };
}

async function request(asked: Asked, service: SuggestionSettings, signal: AbortSignal) {
  const client = new Anthropic({
    apiKey: service.apiKey,
    authToken: null,
    baseURL: service.baseUrl.href.replace(/\/$/, ""),
    maxRetries: 0,
    timeout: asked.timeoutMs,
    // It would write requests and answers to the console.
    logLevel: "off",
    // Another address would get the key.
    fetchOptions: { redirect: "error" },
  });
  const answer = client.messages.create(
    {
      model: service.model,
      max_tokens: asked.maxTokens,
      system: asked.system,
      messages: [{ role: "user", content: asked.content }],
      output_config: { format: asked.format },
    },
    { signal },
  );
  // The client's own limit ends with the headers; an answer may trickle.
  const ended = new Promise<never>((_, reject) => {
    const onAbort = () => reject(new Error("the request was given up"));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
  });
  return told(await Promise.race([answer, ended]));
}

/** By the types of the SDK, which checks nothing of what came. */
function told(message: Partial<Anthropic.Message> | null): Ended {
  const usage = usageOf(message?.usage);
  if (message?.stop_reason === "refusal") return unanswered("refused", usage);
  if (message?.stop_reason === "max_tokens") return unanswered("cut_off", usage);
  const blocks = Array.isArray(message?.content) ? message.content : [];
  const text = blocks.flatMap((block) => (block?.type === "text" ? [block.text] : [])).join("");
  if (text.trim() === "") return unanswered("empty", usage);
  try {
    const json: unknown = JSON.parse(text);
    // Without its cost it cannot be kept, and is not what the service answers.
    return usage
      ? { outcome: "answered", json, usage, retryAfterMs: null }
      : unanswered("nonsense", null);
  } catch {
    return unanswered("nonsense", usage);
  }
}

function usageOf(usage: Partial<Anthropic.Usage> | undefined): Usage | null {
  const input = [
    ...[usage?.input_tokens, usage?.cache_creation_input_tokens ?? 0],
    usage?.cache_read_input_tokens ?? 0,
  ];
  const counts = [...input, usage?.output_tokens];
  if (!counts.every((count): count is number => Number.isSafeInteger(count) && Number(count) >= 0))
    return null;
  const [output = 0] = counts.slice(-1);
  return { input: counts.slice(0, -1).reduce((sum, count) => sum + count, 0), output };
}

function unanswered(outcome: Exclude<Outcome, "answered">, usage: Usage | null): Ended {
  return { outcome, json: null, usage, retryAfterMs: null };
}

function failure(error: unknown): Ended {
  if (error instanceof Anthropic.APIConnectionError)
    return unanswered("unavailable", neverArrived(error) ? NOTHING : null);
  if (!(error instanceof Anthropic.APIError) || typeof error.status !== "number")
    return unanswered("nonsense", null);
  if (error.status === 429)
    return { ...unanswered("rate_limited", NOTHING), retryAfterMs: retryAfter(error.headers) };
  if (error.status >= 500 || error.status === 408 || error.status === 409)
    return { ...unanswered("unavailable", NOTHING), retryAfterMs: retryAfter(error.headers) };
  return unanswered("misconfigured", NOTHING);
}

function neverArrived(error: Error): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code: unknown = Reflect.get(cause, "code");
    if (["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"].includes(String(code)))
      return true;
  }
  return false;
}

/** In seconds, or until a date. */
function retryAfter(headers: unknown): number | null {
  const text = headers instanceof Headers ? headers.get("retry-after") : null;
  if (!text) return null;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}
