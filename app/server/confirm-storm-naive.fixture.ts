import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CLIENTS, doublePayments } from "~/models/batch-race.fixture";
import { confirmNaively, dropPaymentGuards } from "~/models/batch-race-naive.fixture";
import { makeRounds, stormPeople } from "./confirm-storm.fixture";

/**
 * The control: the same rounds and the same judge, over HTTP too, but a server that reads, checks and writes each by
 * itself, on a database without its guards. Returns how often it paid twice. DATABASE_URL names a migrated, empty
 * database that nobody needs afterwards.
 */
export async function naiveStorm(attempts: number): Promise<number> {
  const people = await stormPeople(null);
  const rounds = await makeRounds(people, Math.ceil(attempts / CLIENTS));
  const prepared = rounds.filter(({ batchId }) => batchId !== null);
  await dropPaymentGuards();
  const { origin, close } = await naiveServer(people.admins[0]?.id ?? 0);
  try {
    for (const { batchId } of prepared) {
      const press = () => fetch(`${origin}/${batchId}`, { method: "POST" });
      const answers = await Promise.all(Array.from({ length: CLIENTS }, press));
      await Promise.all(answers.map((answer) => answer.text()));
    }
  } finally {
    await close();
  }
  return doublePayments({
    issueIds: prepared.flatMap(({ issues }) => issues.map(({ id }) => id)),
  });
}

async function naiveServer(admin: number) {
  const server = createServer((req, res) => {
    confirmNaively(Number(req.url?.slice(1)), admin).then(
      () => res.writeHead(303, { location: "/" }).end(),
      () => res.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, close };
}
