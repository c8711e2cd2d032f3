import { rm } from "node:fs/promises";

/** A file of a form, as the server in front put it aside. Nothing about it has been believed yet. */
export type UploadedFile = {
  /** What its sender calls it: for messages only. */
  readonly name: string;
  readonly path: string;
  /** More bytes came than a file may have; they are gone. */
  readonly tooLarge: boolean;
};

/** The files of one form, in a folder of their own that goes with the request. */
export class Upload {
  readonly files: UploadedFile[] = [];
  /** More files came than a form may have; the others are gone. */
  tooMany = false;
  /** Somebody sent files without being signed in: nothing of them was kept. */
  turnedAway = false;
  #folder: string | null = null;
  #readers = 0;
  #closed = false;

  /** Where they are, once there is one. */
  putIn(folder: string): void {
    this.#folder = folder;
  }

  /** While `work` runs its files stay, even if the client leaves in the middle and the request is over. */
  async read<T>(work: (files: readonly UploadedFile[]) => Promise<T>): Promise<T> {
    this.#readers++;
    try {
      return await work(this.files);
    } finally {
      this.#readers--;
      await this.#sweep();
    }
  }

  /** The request is over. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#sweep();
  }

  async #sweep(): Promise<void> {
    if (!this.#closed || this.#readers > 0 || this.#folder === null) return;
    await rm(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}
