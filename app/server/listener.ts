import { createServer, type RequestListener, type Server } from "node:http";

/** How long a whole request may take to arrive, with five photos and over a bad mobile line. Slow ones end before (request-pace.ts). */
const REQUEST_TIMEOUT_MS = 30 * 60_000;
const HEADERS_TIMEOUT_MS = 20_000;
/** How long a connection may be silent while it is used: a reader who stopped reading, a route that hangs. */
const SILENCE_MS = 120_000;
/** Longer than a proxy in front keeps its side open, or it would use a connection that is just being closed. */
const KEEP_ALIVE_MS = 65_000;

export type ListenerOptions = {
  port: number;
  host: string;
  requestTimeoutMs?: number;
  headersTimeoutMs?: number;
};

export class PortInUse extends Error {
  constructor(port: number, host: string) {
    super(
      `Port ${port} on ${host} is in use: tiyn may be running already. Stop what uses it, or choose another port, such as PORT=${port + 1}.`,
    );
    this.name = "PortInUse";
  }
}

export type Listener = {
  server: Server;
  port: number;
  /** Whoever answers from now on. */
  answerWith: (handler: RequestListener) => void;
  /** Takes no more requests; gives those under way `graceMs` to end. */
  close: (graceMs: number) => Promise<void>;
};

/** Takes the port at once, so that a second start fails before it touches anything. Throws PortInUse. */
export function listen(options: ListenerOptions, first: RequestListener): Promise<Listener> {
  const { port, host } = options;
  let handler = first;
  const server = createServer({
    requestTimeout: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    headersTimeout: options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS,
    connectionsCheckingInterval: Math.min(5_000, options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS),
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  server.timeout = SILENCE_MS;
  server.on("request", (req, res) => handler(req, res));
  // Not answered with 100 by itself: readBody does, once it wants the body.
  server.on("checkContinue", (req, res) => handler(req, res));
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortInUse(port, host) : error),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        server,
        port: typeof address === "object" && address ? address.port : port,
        answerWith: (next) => (handler = next),
        close: (graceMs) => close(server, graceMs),
      });
    });
  });
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is kept alive would hold the server open after its last answer.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const grace = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(grace);
}
