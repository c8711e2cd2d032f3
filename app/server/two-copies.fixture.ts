import { randomBytes } from "node:crypto";
import { createServer, request, type Server } from "node:http";
import { AppProcess } from "./kill.fixture";

/** Two copies of the built app on one database, behind a proxy that sends each request to the other one in turn. */
export class TwoCopies {
  /** Which copy answered, in order. */
  readonly turns: number[] = [];

  private constructor(
    readonly origin: string,
    readonly copies: readonly AppProcess[],
    private readonly server: Server,
  ) {
    let next = 0;
    server.on("request", (req, res) => {
      const turn = next++ % copies.length;
      this.turns.push(turn);
      const target = new URL(req.url ?? "/", copies[turn]?.origin);
      const headers = { ...req.headers, "x-forwarded-for": req.headers["x-test-client"] ?? "::1" };
      const passed = request(target, { method: req.method, headers, agent: false }, (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(res);
      });
      passed.on("error", () => res.destroy());
      req.pipe(passed);
    });
  }

  /** @param envOf what the copies are told besides, once the proxy's address is known */
  static async start(
    databaseUrl: string,
    envOf: (origin: string) => Promise<Readonly<Record<string, string>>>,
  ): Promise<TwoCopies> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("The proxy has no port.");
    const origin = `http://localhost:${address.port}`;
    const env = {
      ...{ PUBLIC_ORIGIN: origin, TRUST_PROXY: "1" },
      ...{ SESSION_SECRET: randomBytes(24).toString("hex"), ...(await envOf(origin)) },
    };
    const copies = [
      await AppProcess.create(databaseUrl, env),
      await AppProcess.create(databaseUrl, env),
    ];
    await Promise.all(copies.map((copy) => copy.start()));
    return new TwoCopies(origin, copies, server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await Promise.all(this.copies.map((copy) => copy.kill("SIGTERM")));
  }
}
