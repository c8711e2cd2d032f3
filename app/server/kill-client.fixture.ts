/** A signed-in admin without a browser: keeps cookies and the form token, posts forms and JSON. */
export class AdminClient {
  private cookie = "";
  private token = "";

  constructor(private readonly origin: string) {}

  /** With a session that is there already: a password takes its time. */
  useSession(cookie: string): void {
    this.cookie = cookie;
  }

  async signIn(email: string, password: string): Promise<void> {
    const answer = await this.send("/login", new URLSearchParams({ email, password }));
    if (answer.status !== 303 && answer.status !== 302)
      throw new Error(`sign-in: ${answer.status}`);
    this.cookie =
      answer.headers
        .getSetCookie()
        .map((line) => line.split(";", 1)[0] ?? "")
        .find((pair) => pair.startsWith("tiyn_session=")) ?? "";
  }

  /** The form token and the one-time key of a page's form. */
  async formOf(path: string): Promise<{ key: string }> {
    const page = await this.get(path);
    const html = await page.text();
    this.token = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
    return { key: /name="key" value="([^"]+)"/.exec(html)?.[1] ?? "" };
  }

  get(path: string): Promise<Response> {
    return fetch(this.origin + path, { headers: { cookie: this.cookie } });
  }

  postForm(
    path: string,
    fields: Readonly<Record<string, string>>,
    warnings: readonly string[],
  ): Promise<Response> {
    const ticks = warnings.map((warning) => ["warning", warning]);
    return this.send(
      path,
      new URLSearchParams([...Object.entries(fields), ...ticks, ["csrf", this.token]]),
    );
  }

  postJson(path: string, body: unknown): Promise<Response> {
    return this.send(path, JSON.stringify(body), { "content-type": "application/json" });
  }

  private send(path: string, body: URLSearchParams | string, headers: Record<string, string> = {}) {
    return fetch(this.origin + path, {
      method: "POST",
      redirect: "manual",
      body,
      headers: { ...headers, origin: this.origin, cookie: this.cookie },
    });
  }
}
