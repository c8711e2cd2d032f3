import { log } from "~/http/log.server";

/** What was started, and how each part of it is stopped. */
export class Stops {
  readonly #stops: (() => Promise<void>)[] = [];
  #stopping: Promise<void> | undefined;

  readonly later = (stop: () => Promise<void>): void => void this.#stops.push(stop);

  /** The last one started goes first. Twice is once. */
  stop(): Promise<void> {
    return (this.#stopping ??= (async () => {
      for (let next = this.#stops.pop(); next; next = this.#stops.pop())
        await next().catch((err: unknown) => log.error({ err }, "a part did not stop cleanly"));
    })());
  }
}

/** Nobody waited for it any more: worth a look, not worth taking everybody else's requests down. */
export function surviveUnhandledRejections(): void {
  process.on("unhandledRejection", (err) => log.error({ err }, "an unhandled rejection"));
}
