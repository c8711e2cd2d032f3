import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import pino from "pino";
import { onTestFinished } from "vitest";
import { formToken } from "~/http/form-token";
import { SESSION_COOKIE } from "~/http/session-cookie";
import { listen, type ListenerOptions } from "./listener";
import type { RemixRequestHandler } from "./remix-handler";
import { webApp, type WebAppOptions } from "./web-app";

export const SERVER_SECRET = "a secret for tests, long enough to be one";

export type TestServer = {
  port: number;
  origin: string;
  /** Every request that came through to the routes. */
  passed: { method: string; path: string; body: string; headers: Headers }[];
};

type WebOptions = Pick<
  WebAppOptions,
  "trustProxy" | "builtFiles" | "publicOrigin" | "log" | "isSignedIn" | "bodyGraceMs" | "routeOf"
>;
type Options = Partial<WebOptions> &
  Partial<Pick<ListenerOptions, "requestTimeoutMs" | "headersTimeoutMs">>;

/** The real server on a port of its own, before routes that only say "ok". Closed after the test. */
export async function startTestServer(
  handle: RemixRequestHandler = async () => new Response("ok"),
  options: Options = {},
): Promise<TestServer> {
  const listener = await listen({ port: 0, host: "localhost", ...options }, () => {});
  onTestFinished(() => listener.close(0));
  const origin = options.publicOrigin ?? `http://localhost:${listener.port}`;
  const passed: TestServer["passed"] = [];
  const app = webApp({
    publicOrigin: origin,
    sessionSecret: SERVER_SECRET,
    trustProxy: options.trustProxy ?? false,
    builtFiles: options.builtFiles ?? null,
    log: options.log ?? pino({ level: "silent" }),
    isSignedIn: options.isSignedIn ?? (async () => true),
    bodyGraceMs: options.bodyGraceMs,
    routeOf: options.routeOf,
    handle: async (incoming, context) => {
      const { pathname, search } = new URL(incoming.url);
      passed.push({
        method: incoming.method,
        path: pathname + search,
        body: await incoming.clone().text(),
        headers: incoming.headers,
      });
      return handle(incoming, context);
    },
  });
  listener.answerWith(app);
  return { port: listener.port, origin, passed };
}

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

type Sent = { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer };

/** Sends what fetch() would not: any path and any header. Rejects when the answer breaks off. */
export function send(server: TestServer, path: string, sent: Sent = {}): Promise<Answer> {
  const { method = sent.body === undefined ? "GET" : "POST", headers, body } = sent;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: "localhost", port: server.port, path, method, headers, agent: false },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        incoming.on("error", reject).on("end", () => {
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      },
    );
    outgoing.on("error", reject).end(body);
  });
}

export const FORM = { "content-type": "application/x-www-form-urlencoded" };
export const JSON_BODY = { "content-type": "application/json" };

/** A browser with this session, and the token that its forms carry. */
export function session(secret = "s".repeat(43)) {
  const token = formToken(SERVER_SECRET, secret);
  return { cookie: `${SESSION_COOKIE}=${secret}`, token };
}
