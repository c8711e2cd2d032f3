import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What the stand-in was asked: the body of a request to /v1/messages, and its headers. */
export type AskedOfModel = {
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly model: string;
    readonly max_tokens: number;
    readonly system: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly output_config: {
      readonly format: { readonly type: string; readonly schema: unknown };
    };
  };
};

/** How a request is answered; a value is sent as the model's JSON. */
export type Behaviour =
  | { readonly says: unknown; readonly afterMs?: number }
  | { readonly text: string; readonly stopReason?: string }
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly raw?: string;
    }
  | { readonly hangs: "before" | "within" };

export type ModelStandIn = {
  readonly url: string;
  readonly asked: AskedOfModel[];
  /** From now on; a function sees each request. */
  answerWith(behaviour: Behaviour | ((asked: AskedOfModel) => Behaviour)): void;
  close(): Promise<void>;
};

/** Speaks POST /v1/messages of the real service over HTTP, on loopback. */
export async function startModelStandIn({ port = 0 } = {}): Promise<ModelStandIn> {
  let behave: (asked: AskedOfModel) => Behaviour = () => ({ status: 529 });
  const asked: AskedOfModel[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      if (request.method !== "POST" || request.url?.split("?")[0] !== "/v1/messages")
        return send(response, 404, errorBody("not_found_error"));
      const { authorization = "" } = request.headers;
      if (!/^Bearer \S+$/.test(authorization) || !request.headers["anthropic-version"])
        return send(response, 401, errorBody("authentication_error"));
      const one = { headers: request.headers, body: JSON.parse(text) as AskedOfModel["body"] };
      asked.push(one);
      answer(response, behave(one), one);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : port}`,
    asked,
    answerWith: (behaviour) =>
      (behave = typeof behaviour === "function" ? behaviour : () => behaviour),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, behaviour: Behaviour, { body }: AskedOfModel): void {
  if ("hangs" in behaviour) {
    if (behaviour.hangs === "within")
      response.writeHead(200, { "content-type": "application/json" }).write('{"id":"msg_1",');
    return;
  }
  if ("status" in behaviour) {
    const { status, headers, raw = errorBody("api_error") } = behaviour;
    return send(response, status, raw, headers);
  }
  const text = "says" in behaviour ? JSON.stringify(behaviour.says) : behaviour.text;
  const afterMs = "says" in behaviour ? (behaviour.afterMs ?? 0) : 0;
  setTimeout(() => send(response, 200, messageBody(body.model, text, behaviour)), afterMs);
}

function messageBody(model: string, text: string, behaviour: Behaviour): string {
  const stop_reason = "stopReason" in behaviour ? behaviour.stopReason : "end_turn";
  return JSON.stringify({
    ...{ id: "msg_01", type: "message", role: "assistant", model },
    content: text === "" ? [] : [{ type: "text", text, citations: null }],
    ...{ stop_reason, stop_sequence: null, stop_details: null },
    usage: { input_tokens: 1_200, output_tokens: 300 },
  });
}

const errorBody = (type: string) =>
  JSON.stringify({ type: "error", error: { type, message: "The stand-in says no." } });

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
