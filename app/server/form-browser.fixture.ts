import { multipart, MULTIPART_HEADERS, type Part } from "./multipart.fixture";
import { postFormsOf } from "./posted-forms.fixture";

export type Page = { readonly status: number; readonly headers: Headers; readonly text: string };
export type Fields = Iterable<readonly [name: string, value: string]>;

/** A browser without scripts, as far as tests of the server need one: keeps cookies, fills in forms, follows no redirect. */
export class FormBrowser {
  readonly #cookies = new Map<string, string>();

  constructor(
    private readonly origin: string,
    /** Where it stands, for a proxy that says so. */
    private readonly address: string,
  ) {}

  get(path: string): Promise<Page> {
    return this.#send(path, { headers: { accept: "text/html", "sec-fetch-mode": "navigate" } });
  }

  post(path: string, fields: Fields): Promise<Page> {
    return this.#send(path, { method: "POST", body: new URLSearchParams([...fields].map(copied)) });
  }

  postJson(path: string, body: unknown): Promise<Page> {
    const headers = { "content-type": "application/json" };
    return this.#send(path, { method: "POST", body: JSON.stringify(body), headers });
  }

  postFiles(path: string, parts: readonly Part[]): Promise<Page> {
    const body = new Uint8Array(multipart(parts));
    return this.#send(path, { method: "POST", body, headers: MULTIPART_HEADERS });
  }

  async bytes(path: string): Promise<Buffer> {
    const answer = await fetch(this.origin + path, { headers: this.#headers() });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** Goes away as soon as the answer begins. */
  async leave(path: string): Promise<void> {
    const answer = await fetch(this.origin + path, { headers: this.#headers() });
    await answer.body?.cancel();
  }

  signIn(email: string, password: string, more: Fields = []): Promise<Page> {
    return this.post("/login", [["email", email], ["password", password], ...more]);
  }

  #headers(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    const cookie = [...this.#cookies].map((pair) => pair.join("=")).join("; ");
    return { origin: this.origin, cookie, "x-test-client": this.address, ...more };
  }

  async #send(
    path: string,
    { headers, ...sent }: RequestInit & { headers?: Readonly<Record<string, string>> },
  ): Promise<Page> {
    const answer = await fetch(this.origin + path, {
      redirect: "manual",
      ...sent,
      headers: this.#headers(headers),
    });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  #keep(line: string): void {
    const [pair = ""] = line.split(";", 1);
    const [name = "", value = ""] = [
      pair.slice(0, pair.indexOf("=")),
      pair.slice(pair.indexOf("=") + 1),
    ];
    if (/Max-Age=0/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

const copied = ([name, value]: readonly [string, string]): [string, string] => [name, value];

/** The one form of the page that has a field of this name, and what it would post with its token. */
export function formWith({ text }: Page, field: string, path: string) {
  const form = postFormsOf(text, path).find(({ fields }) =>
    fields.some(([name]) => name === field),
  );
  if (!form) throw new Error(`No form with ${field}: ${text.slice(0, 500)}`);
  return { action: form.action, fields: new Map([...form.fields, tokenOf(text)]) };
}

export function tokenOf(html: string): [string, string] {
  return ["csrf", /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? ""];
}
