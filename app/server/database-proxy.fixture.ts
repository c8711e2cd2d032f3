import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** What a connection to PostgreSQL can do to those who use it. */
type Weather =
  | { readonly kind: "fine" }
  /** Bytes are taken and go nowhere, in either direction, as when the machine of the database hangs. */
  | { readonly kind: "stalled" }
  /** Nobody is let in, and who is in is cut. */
  | { readonly kind: "away" }
  /** The answer to the statement with this number is lost with its connection; the database has done it. */
  | { readonly kind: "cut after"; readonly statement: number };

const HEAD_BYTES = 5;
const READY_FOR_QUERY = "Z".charCodeAt(0);

/** Stands between the app and PostgreSQL, reads as much of their protocol as it needs, and breaks it on demand. */
export class DatabaseProxy {
  #weather: Weather = { kind: "fine" };
  #statements = 0;
  readonly #pairs = new Set<Pair>();

  private constructor(
    private readonly server: Server,
    /** The database by way of the proxy. */
    readonly url: string,
    private readonly target: URL,
  ) {
    server.on("connection", (client) => this.#join(client));
  }

  static async start(databaseUrl: string): Promise<DatabaseProxy> {
    const server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = new URL(databaseUrl);
    url.port = String((server.address() as AddressInfo).port);
    return new DatabaseProxy(server, url.href, new URL(databaseUrl));
  }

  /** How many statements were answered since the weather was last set. */
  get statements(): number {
    return this.#statements;
  }

  set(weather: Weather): void {
    this.#weather = weather;
    this.#statements = 0;
    for (const pair of this.#pairs) {
      if (weather.kind === "away") pair.cut();
      else if (weather.kind === "stalled") pair.pause();
      else pair.resume();
    }
  }

  async stop(): Promise<void> {
    for (const pair of this.#pairs) pair.cut();
    this.server.close();
    await once(this.server, "close");
  }

  #join(client: Socket): void {
    if (this.#weather.kind === "away") return void client.destroy();
    const pair = new Pair(client, connect(Number(this.target.port), this.target.hostname), () =>
      this.#passes(),
    );
    this.#pairs.add(pair);
    client.once("close", () => this.#pairs.delete(pair));
    if (this.#weather.kind !== "stalled") pair.resume();
  }

  /** Asked when a statement is done: whether its answer may be told. */
  #passes(): boolean {
    this.#statements++;
    const weather = this.#weather;
    return weather.kind !== "cut after" || this.#statements !== weather.statement;
  }
}

/** One connection: the app's end and the database's. */
class Pair {
  #rest = Buffer.alloc(0);
  #started = false;

  constructor(
    private readonly client: Socket,
    private readonly database: Socket,
    private readonly passes: () => boolean,
  ) {
    this.pause();
    client.on("data", (chunk) => database.write(chunk));
    database.on("data", (chunk) => this.#answer(chunk));
    for (const end of [client, database]) {
      end.on("error", () => {});
      end.once("close", () => this.cut());
    }
  }

  pause(): void {
    this.client.pause();
    this.database.pause();
  }

  resume(): void {
    this.client.resume();
    this.database.resume();
  }

  cut(): void {
    this.client.destroy();
    this.database.destroy();
  }

  /** Messages are a letter, a length that counts itself, and a body. Every statement ends with "ready for query". */
  #answer(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    let end = 0;
    while (this.#rest.length - end >= HEAD_BYTES) {
      const next = end + 1 + this.#rest.readUInt32BE(end + 1);
      if (next > this.#rest.length) break;
      const isReady = this.#rest[end] === READY_FOR_QUERY;
      // The first one ends the greeting.
      if (isReady && this.#started && !this.passes()) return this.cut();
      if (isReady) this.#started = true;
      end = next;
    }
    this.client.write(this.#rest.subarray(0, end));
    this.#rest = this.#rest.subarray(end);
  }
}
