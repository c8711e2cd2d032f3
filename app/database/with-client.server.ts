import pg from "pg";

/**
 * Work over a connection of its own, which ends with it; the session's locks go with the session. Throws what the work
 * throws, or why the connection was lost meanwhile: also when the work itself did not notice, since its locks were lost.
 */
export async function withClient<T>(
  to: string | pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(to);
  const loss: { error?: Error } = {};
  // Without a listener it would end the process.
  client.on("error", (error) => (loss.error ??= error));
  try {
    await client.connect();
    const result = await work(client);
    if (loss.error) throw loss.error;
    return result;
  } catch (error) {
    // What the work met then is only that nothing is answered any more.
    throw loss.error ?? error;
  } finally {
    await client.end();
  }
}
