/** A browser at the provider's own pages: signs in with any name, agrees, and comes back with the callback's address. */
export async function signInAtProvider(
  start: string,
  login: string,
  { cancel = false } = {},
): Promise<URL> {
  const issuer = new URL(start).origin;
  const jar = new Map<string, string>();
  let next: { url: URL; form?: Record<string, string> } = { url: new URL(start) };
  for (let step = 0; step < 20; step++) {
    if (next.url.origin !== issuer) return next.url;
    const answer = await send(next, jar);
    const location = answer.headers.get("location");
    if (location) next = { url: new URL(location, next.url) };
    else next = await fillIn(await answer.text(), next.url, { login, cancel });
  }
  throw new Error(`The provider led nowhere: ${next.url.href}`);
}

async function send(
  { url, form }: { url: URL; form?: Record<string, string> },
  jar: Map<string, string>,
): Promise<Response> {
  const answer = await fetch(url, {
    redirect: "manual",
    headers: { cookie: [...jar].map((pair) => pair.join("=")).join("; ") },
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
  });
  for (const line of answer.headers.getSetCookie()) {
    const [pair = ""] = line.split(";", 1);
    const equals = pair.indexOf("=");
    jar.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return answer;
}

async function fillIn(
  page: string,
  at: URL,
  { login, cancel }: { login: string; cancel: boolean },
) {
  const found = (pattern: RegExp) => pattern.exec(page)?.[1] ?? "";
  const prompt = found(/name="prompt" value="(\w+)"/);
  if (!prompt) throw new Error(`No form at ${at.href}: ${page.slice(0, 2_000)}`);
  if (cancel) return { url: new URL(found(/<a href="([^"]*abort)"/), at) };
  const url = new URL(found(/<form[^>]* action="([^"]*)"/), at);
  const form: Record<string, string> =
    prompt === "login" ? { prompt, login, password: "x" } : { prompt };
  return { url, form };
}
