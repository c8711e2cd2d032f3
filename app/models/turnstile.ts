/** Too many are waiting already: answer 503 and let them come back. */
export class Overcrowded extends Error {
  constructor() {
    super("Too many are waiting for their turn.");
    this.name = "Overcrowded";
  }
}

/** Lets so many through at once, the others in the order they came, and turns away whom the queue does not hold. */
export class Turnstile {
  #inside = 0;
  readonly #queue: (() => void)[] = [];
  readonly #atOnce: number;
  readonly #waiting: number;

  constructor({ atOnce, waiting }: { atOnce: number; waiting: number }) {
    this.#atOnce = atOnce;
    this.#waiting = waiting;
  }

  get idle(): boolean {
    return this.#inside === 0;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #enter(): Promise<void> | void {
    if (this.#inside < this.#atOnce) {
      this.#inside++;
      return;
    }
    if (this.#queue.length >= this.#waiting) throw new Overcrowded();
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  // A place that becomes free passes straight to the next in line.
  #leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#inside--;
  }
}
